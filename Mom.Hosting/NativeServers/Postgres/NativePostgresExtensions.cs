using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mom.Hosting.NativeServers.Postgres;

/// <summary>Postgres without a container.</summary>
public static class NativePostgresExtensions
{
    /// <summary>Adds a Postgres that runs as a process of this machine; used as the one of <c>AddPostgres</c>.</summary>
    /// <param name="builder">The AppHost.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="userName">The superuser's name; <c>postgres</c> when it is <see langword="null"/>.</param>
    /// <param name="password">The superuser's password; a random one, kept in the user secrets, when it is <see langword="null"/>.</param>
    /// <param name="port">Its TCP port; a free one when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativePostgresServerResource> AddNativePostgres(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new NativePostgresServerResource(name, userName?.Resource, secret, builder.DataDirectoryOf(name));

        return builder.AddNativeServer(server, NativePostgresServerResource.PrimaryEndpointName, "tcp", port)
            .WithIconName("DatabaseMultiple")
            .WithPostgresCheck($"{name}_check", server, "Database=postgres")
            .OnResourceReady(static async (server, ready, cancellationToken) =>
            {
                var model = ready.Services.GetRequiredService<DistributedApplicationModel>();
                var databases = model.Resources.OfType<NativePostgresDatabaseResource>().Where(database => database.Parent == server).ToList();
                await using var source = NpgsqlDataSource.Create($"{await server.ConnectionStringExpression.GetValueAsync(cancellationToken)};Database=postgres");
                foreach (var database in databases)
                    await EnsureAsync(source, database.DatabaseName, cancellationToken);
            });
    }

    /// <summary>Adds a database of the server, which is made when it is not there; used as that of <c>AddDatabase</c>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="databaseName">The name of the database; that of the resource when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativePostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<NativePostgresServerResource> server, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var database = new NativePostgresDatabaseResource(name, databaseName ?? name, server.Resource);
        return server.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "Database", State = KnownResourceStates.NotStarted, Properties = [] })
            .WithPostgresCheck($"{name}_check", database, string.Empty)
            .ExcludeFromManifest();
    }

    private static IResourceBuilder<T> WithPostgresCheck<T>(this IResourceBuilder<T> resource, string check, IResourceWithConnectionString target, string more)
        where T : IResource
    {
        string? connectionString = null;
        resource.ApplicationBuilder.Eventing.Subscribe<ConnectionStringAvailableEvent>(resource.Resource, async (_, cancellationToken) =>
            connectionString = $"{await target.ConnectionStringExpression.GetValueAsync(cancellationToken)};{more}");
        resource.ApplicationBuilder.Services.AddHealthChecks()
            .AddNpgSql(_ => connectionString ?? throw new InvalidOperationException($"{resource.Resource.Name} has no address yet."), name: check);
        return resource.WithHealthCheck(check);
    }

    private static async Task EnsureAsync(NpgsqlDataSource source, string database, CancellationToken cancellationToken)
    {
        await using var find = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        find.Parameters.AddWithValue(database);
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
            return;

        using var quoting = new NpgsqlCommandBuilder();
        await using var create = source.CreateCommand($"CREATE DATABASE {quoting.QuoteIdentifier(database)}");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }
}
