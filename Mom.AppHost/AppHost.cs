using Mom.AppHost.Model;

var builder = DistributedApplication.CreateBuilder(args);

// Secrets are made at the first run and kept in this project's user secrets; the servers' passwords likewise.
var jwtKey = builder.AddSigningKey("jwt-key");
var adminEmail = builder.AddParameter("admin-email", "admin@mom.local", publishValueAsDefault: true);
var adminPassword = builder.AddPassword("admin-password");

// A server that is configured as ConnectionStrings:{name} is used in place of a container. The ports are fixed so that the same
// addresses hold under this host and under Mom.LocalHost.
var rabbitmq = builder.AddConnectionStringOr("rabbitmq", name => builder
    .AddRabbitMQ(name, port: 7072)
    .WithManagementPlugin(port: 9092)
    .WithDataVolume());

var momdb = builder.AddConnectionStringOr("momdb", name => builder
    .AddPostgres("postgres", port: 7071)
    .WithPgWeb(pgweb => pgweb.WithHostPort(9091).WithExplicitStart())
    .WithDataVolume()
    .AddDatabase(name));

var redis = builder.AddConnectionStringOr("redis", name => builder
    .AddRedis(name, port: 7073)
    .WithoutTls()
    .WithRedisInsight(insight => insight.WithHostPort(9093).WithExplicitStart())
    .WithDataVolume());

// Every service gets the references of its own row of "who may touch what", and no others: only db-worker can reach the database.
var mathService = builder.AddProject<Projects.Mom_MathService>("math-service")
    .WithHttpEndpoint(port: 7090)
    .WithHttpHealthCheck("/health");

var dbWorker = builder.AddProject<Projects.Mom_Workers>("db-worker")
    .WithEnvironment("Workers__Roles", "db")
    .WithReplicas(builder.ReplicasOf("db-worker"))
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(momdb).WaitFor(momdb)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Admin__Email", adminEmail)
    .WithEnvironment("Admin__Password", adminPassword);

// db-worker is healthy only once the database is migrated; until then there would be nobody to answer.
builder.AddProject<Projects.Mom_Workers>("math-worker")
    .WithEnvironment("Workers__Roles", "math")
    .WithReplicas(builder.ReplicasOf("math-worker"))
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(mathService).WaitFor(mathService)
    .WaitFor(dbWorker);

var api = builder.AddProject<Projects.Mom_Api>("api")
    .WithHttpEndpoint(port: 7070)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Jwt__Key", jwtKey)
    .WaitFor(dbWorker);

var socket = builder.AddProject<Projects.Mom_Socket>("socket")
    .WithHttpEndpoint(port: 7080)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Jwt__Key", jwtKey)
    .WaitFor(dbWorker);

builder.AddProject<Projects.Mom_Panel>("panel")
    .WithHttpEndpoint(port: 9090)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(api).WaitFor(api)
    .WithReference(socket).WaitFor(socket);

builder.PassEnvironmentNameOn();
builder.KeepOwnSettingsFromServices();

builder.Build().Run();
