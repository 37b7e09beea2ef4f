using Microsoft.Extensions.Configuration;
using Mom.AppHost.Model.Servers;
using Mom.Hosting.NativeServers.Postgres;
using Mom.Hosting.NativeServers.RabbitMQ;
using Mom.Hosting.NativeServers.Redis;

namespace Mom.AppHost.Model.Access;

/// <summary>Gives each server its users, and each service the login of its own and no other.</summary>
internal static class LoginExtensions
{
    private const string DefinitionsDirectory = "/etc/rabbitmq";
    private const string DefinitionsFile = "mom-definitions.json";
    private const string AccessControlDirectory = "/etc/mom";
    private const string AccessControlFile = "users.acl";

    // RabbitMQ's image runs its server as this user. Redis runs as root, because Aspire replaces the entry point of its image.
    private const int RabbitMqUser = 999;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static IResourceBuilder<RabbitMQServerResource> WithUsers(this IResourceBuilder<RabbitMQServerResource> broker)
    {
        var server = broker.Resource;
        if (broker.AddLogins(BrokerUsers.All.Select(user => user.Name), Uri) is not { } logins)
            return broker;

        broker.WithContainerFiles(
            DefinitionsDirectory,
            async (_, cancellationToken) =>
            {
                var administrator = server.UserNameParameter is { } name ? await name.GetValueAsync(cancellationToken) : null;
                return
                [
                    new ContainerFile { Name = DefinitionsFile, Mode = OwnerOnly, Contents = await DefinitionsAsync(logins, administrator, server.PasswordParameter, cancellationToken) },
                    new ContainerDirectory
                    {
                        Name = "conf.d",
                        Entries = [new ContainerFile { Name = "90-mom.conf", Mode = OwnerOnly, Contents = $"load_definitions = {DefinitionsDirectory}/{DefinitionsFile}\n" }],
                    },
                ];
            },
            RabbitMqUser,
            RabbitMqUser);
        return broker;

        ReferenceExpression Uri(string user, ParameterResource password) =>
            ReferenceExpression.Create($"amqp://{user}:{password:uri}@{server.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
    }

    public static IResourceBuilder<NativeRabbitMQServerResource> WithUsers(this IResourceBuilder<NativeRabbitMQServerResource> broker)
    {
        var server = broker.Resource;
        if (broker.AddLogins(BrokerUsers.All.Select(user => user.Name), Uri) is { } logins)
        {
            server.Definitions = async cancellationToken =>
                await DefinitionsAsync(logins, await server.UserNameReference.GetValueAsync(cancellationToken), server.PasswordParameter, cancellationToken);
        }

        return broker;

        ReferenceExpression Uri(string user, ParameterResource password) =>
            ReferenceExpression.Create($"amqp://{user}:{password:uri}@{server.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
    }

    public static IResourceBuilder<RedisResource> WithUsers(this IResourceBuilder<RedisResource> cache)
    {
        var server = cache.Resource;
        if (cache.AddLogins(CacheUsers.Names, ConnectionString) is not { } logins)
            return cache;

        cache.WithContainerFiles(
            AccessControlDirectory,
            async (_, cancellationToken) =>
                [new ContainerFile { Name = AccessControlFile, Mode = OwnerOnly, Contents = string.Join('\n', [.. await LinesAsync(logins, server.PasswordParameter!, cancellationToken), string.Empty]) }]);
        // After Aspire's own arguments: "redis-server", "--requirepass", "$REDIS_PASSWORD", ...; Aspire joins all of them to a shell command.
        return cache.WithArgs("--aclfile", $"{AccessControlDirectory}/{AccessControlFile}");

        ReferenceExpression ConnectionString(string user, ParameterResource password) => server.TlsEnabled
            ? ReferenceExpression.Create($"{server.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},user={user},password={password},ssl=true")
            : ReferenceExpression.Create($"{server.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},user={user},password={password}");
    }

    public static IResourceBuilder<NativeRedisResource> WithUsers(this IResourceBuilder<NativeRedisResource> cache)
    {
        var server = cache.Resource;
        if (cache.AddLogins(CacheUsers.Names, ConnectionString) is { } logins)
            server.AccessControl = cancellationToken => LinesAsync(logins, server.PasswordParameter, cancellationToken);
        return cache;

        ReferenceExpression ConnectionString(string user, ParameterResource password) =>
            ReferenceExpression.Create($"{server.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},user={user},password={password}");
    }

    /// <summary>The roles are made when the database is there, before what waits for it is started.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> WithUsers(this IResourceBuilder<PostgresDatabaseResource> database)
        => database.WithRoles(database.Resource.Parent.PrimaryEndpoint, database.Resource.DatabaseName);

    /// <inheritdoc cref="WithUsers(IResourceBuilder{PostgresDatabaseResource})"/>
    public static IResourceBuilder<NativePostgresDatabaseResource> WithUsers(this IResourceBuilder<NativePostgresDatabaseResource> database)
        => database.WithRoles(database.Resource.Parent.PrimaryEndpoint, database.Resource.DatabaseName);

    /// <summary>
    /// Gives a service its login at a server, as <c>ConnectionStrings:{server}</c>, and makes it wait for the server. For an external server the login
    /// is <c>ConnectionStrings:{server}-{service}</c> of this host, if configured; otherwise the one that all services share.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="server">The server.</param>
    /// <param name="user">The name of the login.</param>
    public static IResourceBuilder<ProjectResource> WithLogin(this IResourceBuilder<ProjectResource> service, IResourceBuilder<IResourceWithConnectionString> server, string user)
    {
        var (builder, name) = (service.ApplicationBuilder, server.Resource.Name);
        if (server.Resource.TryGetLastAnnotation<ServerLogins>(out var logins))
        {
            return service
                .WithEnvironment(context => context.EnvironmentVariables[$"ConnectionStrings__{name}"] = logins.ConnectionStringOf(user))
                .WithReferenceRelationship(server)
                .WaitFor(server);
        }

        if (builder.OwnLoginOf(name, service.Resource.Name) is not { } configured)
            return service.WithReference(server).WaitFor(server);

        var parameter = builder.AddDeploymentParameter($"{name}-{service.Resource.Name}-connection", configured, $"How {service.Resource.Name} reaches {name}.", secret: true);
        return service.WithEnvironment($"ConnectionStrings__{name}", parameter).WaitFor(server);
    }

    /// <summary>Has a service wait for exchanges and queues that the deployer declares, and look at who sent a message where users tell that.</summary>
    public static IResourceBuilder<ProjectResource> WithDeployedTopology(this IResourceBuilder<ProjectResource> service, IResourceBuilder<IResourceWithConnectionString> broker)
    {
        service.WithEnvironment("Messaging__Topology", "Await");
        return broker.Resource.HasAnnotationOfType<ServerLogins>() ? service.WithEnvironment("Messaging__CheckSenders", "true") : service;
    }

    /// <summary>Tells the deployer whom to let use the tables, where the db worker does not connect as their owner.</summary>
    public static IResourceBuilder<ProjectResource> WithWorkerRole(this IResourceBuilder<ProjectResource> deployer, IResourceBuilder<IResourceWithConnectionString> database, string worker)
    {
        const string variable = "Database__WorkerRole";
        if (database.Resource.HasAnnotationOfType<ServerLogins>())
            return deployer.WithEnvironment(variable, DatabaseUsers.Worker);

        return deployer.ApplicationBuilder.OwnLoginOf(database.Resource.Name, worker) is { } configured && new Npgsql.NpgsqlConnectionStringBuilder(configured).Username is { } role
            ? deployer.WithEnvironment(variable, role)
            : deployer;
    }

    private static string? OwnLoginOf(this IDistributedApplicationBuilder builder, string server, string service)
        => builder.Configuration.GetConnectionString($"{server}-{service}") is { Length: > 0 } configured ? configured : null;

    private static ServerLogins? AddLogins<T>(this IResourceBuilder<T> server, IEnumerable<string> users, Func<string, ParameterResource, ReferenceExpression> connectionString, string? prefix = null)
        where T : IResource
    {
        var builder = server.ApplicationBuilder;
        // Published services share one user: this host does not run at the deployment, and cannot create users there.
        if (builder.ExecutionContext.IsPublishMode)
            return null;

        var passwords = users.ToDictionary(
            user => user,
            user => builder.AddPassword($"{prefix ?? server.Resource.Name}-{user.Replace('_', '-')}-password")
                .WithDescription($"The password of the user {user} of {prefix ?? server.Resource.Name}. A new one holds after a restart of server and service.").Resource,
            StringComparer.Ordinal);
        var logins = new ServerLogins(user => connectionString(user, passwords[user]), passwords);
        server.WithAnnotation(logins);
        return logins;
    }

    private static IResourceBuilder<T> WithRoles<T>(this IResourceBuilder<T> database, EndpointReference endpoint, string name)
        where T : IResourceWithConnectionString
    {
        if (database.AddLogins([DatabaseUsers.Owner, DatabaseUsers.Worker], ConnectionString, prefix: "postgres") is not { } logins)
            return database;

        return database.OnResourceReady(async (resource, _, cancellationToken) => await DatabaseUsers.EnsureAsync(
            (await resource.ConnectionStringExpression.GetValueAsync(cancellationToken))!, await logins.PasswordsAsync(cancellationToken), cancellationToken));

        ReferenceExpression ConnectionString(string user, ParameterResource password) => ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};Username={user};Password={password};Database={name}");
    }

    private static async Task<string> DefinitionsAsync(ServerLogins logins, string? administrator, ParameterResource password, CancellationToken cancellationToken)
    {
        administrator ??= "guest";
        var passwords = await logins.PasswordsAsync(cancellationToken);
        passwords[administrator] = (await password.GetValueAsync(cancellationToken))!;
        return BrokerDefinitions.Of(passwords, administrator);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(ServerLogins logins, ParameterResource password, CancellationToken cancellationToken)
    {
        var passwords = await logins.PasswordsAsync(cancellationToken);
        passwords["default"] = (await password.GetValueAsync(cancellationToken))!;
        return CacheUsers.Lines(passwords);
    }
}
