using Mom.AppHost.Commands;
using Mom.AppHost.Model;
using Mom.AppHost.Publishing;

var builder = DistributedApplication.CreateBuilder(args);
if (!builder.CanPublishOrRun())
    return;

// Secrets are made at the first run and kept in this project's user secrets; the servers' passwords likewise.
var jwtKey = builder.AddSigningKey("jwt-key")
    .WithDescription("Signs the tokens of all sessions. 32 bytes or more in base64; a new one ends every session.");
var adminEmail = builder.AddParameter("admin-email", "admin@mom.local", publishValueAsDefault: true)
    .WithDescription("The first administrator, made when the database is new.");
var adminPassword = builder.AddPassword("admin-password")
    .WithDescription("The password of the first administrator.");

// A server that is configured as ConnectionStrings:{name} is used in place of a container. The ports are fixed so that the same
// addresses hold under this host and under Mom.LocalHost.
var rabbitmq = builder.AddConnectionStringOr("rabbitmq", "amqps://user:password@host:port", name => builder
    .AddRabbitMQ(name, port: 7072, password: builder.AddServerPassword(name))
    .WithManagementPlugin(port: 9092)
    .WithDataVolume(builder.VolumeOf("rabbitmq"))
    .WithUrlForEndpoint("management", url => url.DisplayText = "Queues (management screen)")
    .WithPauseCommand());

var momdb = builder.AddConnectionStringOr("momdb", "Host=…;Username=…;Password=…;Database=momdb;SSL Mode=Require", name =>
{
    var server = builder.AddPostgres("postgres", port: 7071, password: builder.AddServerPassword("postgres"));
    return server
        .WithDataVolume(builder.VolumeOf("postgres"))
        .WithPgWeb(pgweb => pgweb
            .WithHostPort(9091)
            .WithUrlForEndpoint("http", url => url.DisplayText = "Tables (pgweb)")
            .WithParentRelationship(server))
        .AddDatabase(name);
});

var redis = builder.AddConnectionStringOr("redis", "host:port,password=…,ssl=true", name =>
{
    var server = builder.AddRedis(name, port: 7073, password: builder.AddServerPassword(name));
    return server
        .WithDataVolume(builder.VolumeOf("redis"))
        .WithPersistence()
        .WithRedisInsight(insight => insight
            .WithHostPort(9093)
            .WithUrlForEndpoint("http", url => url.DisplayText = "Keys (Redis Insight)")
            .WithParentRelationship(server));
});

// Every service gets the references of its own row of "who may touch what", and no others: only the database's own can reach it.
var mathService = builder.AddProject<Projects.Mom_MathService>("math-service")
    .WithHttpEndpoint(port: 7090)
    .WithProbes()
    .WithIconName("Calculator")
    .WithLink("Health", "/health")
    .WithMathServiceCommands();

var dbWorker = builder.AddProject<Projects.Mom_Workers>("db-worker")
    .WithEnvironment("Workers__Roles", "db")
    .WithReplicas(builder.ReplicasOf("db-worker"))
    .WithHttpEndpoint()
    .WithProbes()
    .WithIconName("DatabasePerson")
    .WithLink("Health", "/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(momdb).WaitFor(momdb)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Admin__Email", adminEmail)
    .WithEnvironment("Admin__Password", adminPassword)
    .AfterMigrations(momdb, adminEmail, adminPassword);

// db-worker is healthy only once the database is migrated; until then there would be nobody to answer.
var mathWorker = builder.AddProject<Projects.Mom_Workers>("math-worker")
    .WithEnvironment("Workers__Roles", "math")
    .WithReplicas(builder.ReplicasOf("math-worker"))
    .WithHttpEndpoint()
    .WithProbes()
    .WithIconName("MathFormula")
    .WithLink("Health", "/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(mathService).WaitFor(mathService)
    .WaitFor(dbWorker);

var api = builder.AddProject<Projects.Mom_Api>("api")
    .WithHttpEndpoint(port: 7070)
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithIconName("PlugConnected")
    .WithLink("API reference", "/scalar")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithBrokerManagement(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Jwt__Key", jwtKey)
    .WaitFor(dbWorker);

var socket = builder.AddProject<Projects.Mom_Socket>("socket")
    .WithHttpEndpoint(port: 7080)
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithIconName("Live")
    .WithLink("Health", "/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Jwt__Key", jwtKey)
    .WaitFor(dbWorker);

builder.AddProject<Projects.Mom_Panel>("panel")
    .WithHttpEndpoint(port: 9090)
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithIconName("Desktop")
    .WithLink("Panel", "/")
    .WithReference(api).WaitFor(api)
    .WithReference(socket).WaitFor(socket)
    .WithOpenCommand();

// What an operator can do from the dashboard or with `aspire resource`, as the administrator.
var administrator = new Administrator(api, adminEmail, adminPassword);
dbWorker.WithQueueCommands(administrator, "db.commands", "db.queries");
mathWorker.WithQueueCommands(administrator, "math.steps");
api.WithSampleJobs(administrator).WithLedger(administrator).WithDeadLetterCommands(administrator);

builder.PassEnvironmentNameOn();
builder.KeepOwnSettingsFromServices();
builder.AddPublishTarget();

builder.Build().Run();
