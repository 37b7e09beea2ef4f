using Mom.LocalHost.Resources;
using Mom.LocalHost.Servers;
using Mom.LocalHost.Services;
using Mom.LocalHost.State;

namespace Mom.LocalHost;

/// <summary>The system, top-down: servers, then services. The counterpart of the AppHost's <c>AppHost.cs</c>.</summary>
internal sealed class SystemModel(
    LocalSystemOptions options,
    StateDirectory state,
    Secrets secrets,
    ConnectionStrings connections,
    SystemUrls urls,
    Func<bool> isDashboardUp)
{
    /// <exception cref="LocalHostException">Something is wanted that is not part of the system.</exception>
    public IReadOnlyList<Blueprint> Blueprints()
    {
        var all = All().ToList();
        var unknown = options.Only?.Except(all.Select(blueprint => blueprint.Name), StringComparer.Ordinal).FirstOrDefault();
        return unknown is null
            ? [.. all.Where(IsWanted)]
            : throw new LocalHostException($"There is no {unknown} here. There is: {string.Join(", ", all.Where(b => b.Kind != ResourceKind.Helper).Select(b => b.Name))}.");
    }

    private IEnumerable<Blueprint> All()
    {
        if (options.WithDashboard && AspireCli.Find(options.RepositoryRoot) is { } cli)
            yield return new DashboardServer(state, options.Ports, options.RepositoryRoot, cli);

        yield return new EpmdServer(options.Ports);
        yield return new RabbitMqServer(state, options.Ports, secrets, Extra);
        yield return new PostgresServer(state, options.Ports, secrets, Extra);
        yield return new RedisServer(state, options.Ports, secrets, Extra);

        if (options.WithScreens && PostgresScreen.IsInstalled)
            yield return new PostgresScreen(state, options.Ports);
        if (options.WithScreens && RedisScreen.Find(options.RepositoryRoot) is not null)
            yield return new RedisScreen(state, options.Ports, secrets, options.RepositoryRoot);

        var settings = new ServiceSettings(connections, urls, secrets);
        foreach (var definition in ServiceCatalog.Of(options.Ports))
            yield return new ServiceBlueprint(definition, options, state, settings, () => isDashboardUp() ? urls.OtlpGrpc : null);
    }

    private IReadOnlyList<string> Extra(string server) => options.ExtraConfiguration.GetValueOrDefault(server) ?? [];

    private bool IsWanted(Blueprint blueprint) => options.Only is null
        || options.Only.Contains(blueprint.Name)
        || (options.WithScreens && blueprint.Name is ResourceNames.PostgresScreen or ResourceNames.RedisScreen && blueprint.DependsOn.All(options.Only.Contains))
        || (blueprint.Kind == ResourceKind.Helper && options.Only.Contains(ResourceNames.RabbitMq));
}
