using Mom.AppHost.Commands;
using Mom.AppHost.Model;
using Mom.AppHost.Model.Servers;
using Mom.AppHost.Publishing;
using Mom.Hosting;
using Mom.Hosting.DirectLaunch;
using Mom.Hosting.Ports;
using Mom.Hosting.Reporting;

var builder = DistributedApplication.CreateBuilder(args);
if (!builder.CanPublishOrRun())
    return 1;

builder.ShiftDashboard();

// Secrets are made at the first run and kept in this project's user secrets; the servers' passwords likewise.
var signingKey = SigningKey.Add(builder);
var adminEmail = builder.AddParameter("admin-email", "admin@mom.local", publishValueAsDefault: true)
    .WithDescription("The first administrator, made when the database is new.");
var adminPassword = builder.AddPassword("admin-password")
    .WithDescription("The password of the first administrator.");

// A server that is configured as ConnectionStrings:{name} is used as it is; else it is a container where a container runtime answers,
// and a process of this machine where none does (the setting Servers). All ports are fixed, and can be shifted together (Ports:Offset).
var servers = new ServerSource(builder);
var rabbitmq = builder.AddBroker("rabbitmq", servers);
var momdb = builder.AddDatabase("momdb", servers);
var redis = builder.AddCache("redis", servers);

builder.CheckPorts();
builder.AddStartReport();
if (builder.HasServersOnly())
    return await builder.RunOrExplainAsync();

// Every service gets the references of its own row of "who may touch what", and no others: only the database's own can reach it.
var mathService = builder.AddProject<Projects.Mom_MathService>("math-service")
    .WithHttpEndpoint(port: builder.Port(7090))
    .WithProbes()
    .WithRestart()
    .WithIconName("Calculator")
    .WithLink("Health", "/health")
    .WithMathServiceCommands();

var dbWorker = builder.AddProject<Projects.Mom_Workers>("db-worker")
    .WithEnvironment("Workers__Roles", "db")
    .WithReplicas(builder.ReplicasOf("db-worker"))
    .WithHttpEndpoint()
    .WithProbes()
    .WithRestart()
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
    .WithRestart()
    .WithIconName("MathFormula")
    .WithLink("Health", "/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithReference(mathService).WaitFor(mathService)
    .WaitFor(dbWorker);

var api = builder.AddProject<Projects.Mom_Api>("api")
    .WithHttpEndpoint(port: builder.Port(7070))
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithRestart()
    .WithIconName("PlugConnected")
    .WithLink("API reference", "/scalar")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithBrokerManagement(rabbitmq)
    .WithDemo(mathService)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment(signingKey.GiveTo)
    .WaitFor(dbWorker);

var socket = builder.AddProject<Projects.Mom_Socket>("socket")
    .WithHttpEndpoint(port: builder.Port(7080))
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithRestart()
    .WithIconName("Live")
    .WithLink("Health", "/health")
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment(signingKey.GivePublicHalfTo)
    .WaitFor(dbWorker);

builder.AddProject<Projects.Mom_Panel>("panel")
    .WithHttpEndpoint(port: builder.Port(9090))
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithRestart()
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

builder.AddEnvironmentCommands();
builder.LaunchProjectsDirectly();
builder.PassEnvironmentNameOn();
builder.KeepOwnSettingsFromServices();
builder.NameServices();
builder.AddPublishTarget();

return await builder.RunOrExplainAsync();
