using Mom.AppHost.Commands;
using Mom.AppHost.Model;
using Mom.AppHost.Model.Access;
using Mom.AppHost.Model.Servers;
using Mom.AppHost.Publishing;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Hosting;
using Mom.Hosting.DirectLaunch;
using Mom.Hosting.Ports;
using Mom.Hosting.Reporting;

var builder = DistributedApplication.CreateBuilder(args);
if (!builder.CanPublishOrRun())
    return 1;

builder.ShiftDashboard();

// Secrets, and the servers' passwords, are generated at the first run and stored in this project's user secrets.
var signingKey = KeyPair.Add(
    builder, "jwt-signing-key", "jwt-public-keys", "Signs the tokens of all sessions. A new one ends every session, unless both are known for a while.");
var callerKey = KeyPair.Add(
    builder, "caller-key", "caller-public-key", "The API signs with it which administrator sent a command; the db worker verifies it.");
var adminEmail = builder.AddParameter("admin-email", "admin@mom.local", publishValueAsDefault: true)
    .WithDescription("The first administrator, made when the database is new.");
var adminPassword = builder.AddPassword("admin-password")
    .WithDescription("The password of the first administrator.");

// Each server is, in this order: the one configured as ConnectionStrings:{name}; a container, if a container runtime is available; a native
// process of this machine (setting Servers). All ports are fixed, and can be shifted together (Ports:Offset).
var servers = new ServerSource(builder);
var rabbitmq = builder.AddBroker("rabbitmq", servers);
var momdb = builder.AddDatabase("momdb", servers);
var redis = builder.AddCache("redis", servers);

builder.CheckPorts();
builder.AddStartReport(new() { Advice = WrongPassword.Advice });
if (builder.HasServersOnly())
    return await builder.RunOrExplainAsync();

// Each service gets only its own logins: see the table in docs/least-privilege.md.
var mathService = builder.AddProject<Projects.Mom_MathService>("math-service")
    .WithHttpEndpoint(port: builder.Port(7090))
    .WithProbes()
    .WithRestart()
    .WithIconName("Calculator")
    .WithLink("Health", "/health")
    .WithMathServiceCommands();

// The only service that may create tables, exchanges and queues. It keeps running, because a broker that lost its disk needs them again.
var deployer = builder.AddProject<Projects.Mom_Workers>("deployer")
    .WithEnvironment("Workers__Roles", "deploy")
    .WithHttpEndpoint()
    .WithProbes()
    .WithRestart()
    .WithIconName("DatabaseArrowUp")
    .WithLink("Health", "/health")
    .WithLogin(rabbitmq, MomUsers.Deployer)
    .WithLogin(momdb, DatabaseUsers.Owner)
    .WithWorkerRole(momdb, "db-worker")
    .WithEnvironment("Admin__Email", adminEmail)
    .WithEnvironment("Admin__Password", adminPassword);

var dbWorker = builder.AddProject<Projects.Mom_Workers>("db-worker")
    .WithEnvironment("Workers__Roles", "db")
    .WithReplicas(builder.ReplicasOf("db-worker"))
    .WithHttpEndpoint()
    .WithProbes()
    .WithRestart()
    .WithIconName("DatabasePerson")
    .WithLink("Health", "/health")
    .WithLogin(rabbitmq, MomUsers.DbWorker).WithDeployedTopology(rabbitmq)
    .WithLogin(momdb, DatabaseUsers.Worker)
    .WithEnvironment(callerKey.GivePublicHalfAs("Caller__PublicKey"))
    .WithLogin(redis, MomUsers.DbWorker)
    .WaitFor(deployer);

// Does the operations of all job types, in one process: each is a role, and can have a process of its own. Waits for db-worker, which is healthy only
// after the migration: before that nothing would answer requests.
var mathWorker = builder.AddProject<Projects.Mom_Workers>("math-worker")
    .WithEnvironment("Workers__Roles", string.Join(',', JobTypes.All.Select(type => type.Name)))
    .WithReplicas(builder.ReplicasOf("math-worker"))
    .WithHttpEndpoint()
    .WithProbes()
    .WithRestart()
    .WithIconName("MathFormula")
    .WithLink("Health", "/health")
    .WithLogin(rabbitmq, MomUsers.MathWorker).WithDeployedTopology(rabbitmq)
    .WithLogin(redis, MomUsers.MathWorker)
    .WithReference(mathService).WaitFor(mathService)
    .WaitFor(dbWorker);

var api = builder.AddProject<Projects.Mom_Api>("api")
    .WithHttpEndpoint(port: builder.Port(7070))
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithRestart()
    .WithIconName("PlugConnected")
    .WithLink("API reference", "/scalar")
    .WithLogin(rabbitmq, MomUsers.Api).WithDeployedTopology(rabbitmq)
    .WithBrokerManagement(rabbitmq)
    .WithDemo(mathService)
    .WithLogin(redis, MomUsers.Api)
    .WithEnvironment(signingKey.GiveAs("Jwt__Key"))
    .WithEnvironment(callerKey.GiveAs("Caller__PrivateKey"))
    .WaitFor(dbWorker);

var socket = builder.AddProject<Projects.Mom_Socket>("socket")
    .WithHttpEndpoint(port: builder.Port(7080))
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithRestart()
    .WithIconName("Live")
    .WithLink("Health", "/health")
    .WithLogin(rabbitmq, MomUsers.Socket).WithDeployedTopology(rabbitmq)
    .WithLogin(redis, MomUsers.Socket)
    .WithEnvironment(signingKey.GivePublicHalfAs("Jwt__PublicKeys"))
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

// Commands for operators, in the dashboard and by `aspire resource`, executed as the administrator.
var administrator = new Administrator(api, adminEmail, adminPassword);
dbWorker.WithQueueCommands(administrator, "db.commands", "db.queries");
mathWorker.WithQueueCommands(administrator, [.. JobTypes.All.Select(type => type.Queue)]);
api.WithSampleJobs(administrator).WithLedger(administrator).WithDeadLetterCommands(administrator);

builder.AddEnvironmentCommands();
builder.LaunchProjectsDirectly();
builder.PassEnvironmentNameOn();
builder.KeepOwnSettingsFromServices();
builder.NameServices();
builder.AddPublishTarget();

return await builder.RunOrExplainAsync();
