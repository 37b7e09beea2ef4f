using Mom.Contracts.Jobs;

namespace Mom.Workers;

/// <summary>
/// Which work this process does, from <c>Workers:Roles</c>: a comma list of <c>db</c> and the names of job types (<c>math</c>, <c>text</c>), or
/// <c>deploy</c> alone, which brings the database up to date and declares exchanges and queues.
/// </summary>
internal sealed class WorkerRoles
{
    public const string Db = "db";
    public const string Deploy = "deploy";

    private static readonly string[] Known = [Db, .. JobTypes.All.Select(type => type.Name)];
    private readonly HashSet<string> _roles;

    private WorkerRoles(HashSet<string> roles) => _roles = roles;

    /// <summary>The roles, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _roles.Order(StringComparer.Ordinal)];

    public bool Has(string role) => _roles.Contains(role);

    /// <exception cref="InvalidOperationException">There is no role, or an unknown one.</exception>
    public static WorkerRoles From(IConfiguration configuration)
    {
        var text = configuration["Workers:Roles"] ?? string.Empty;
        var roles = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return roles.Count > 0 && (roles.IsSubsetOf(Known) || roles.SetEquals([Deploy]))
            ? new WorkerRoles(roles)
            : throw new InvalidOperationException($"Workers:Roles is '{text}'. Set it to a comma list of: {string.Join(", ", Known)}; or to {Deploy}.");
    }
}
