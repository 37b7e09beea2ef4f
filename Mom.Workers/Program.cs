using Mom.Workers;
using Mom.Workers.Database;
using Mom.Workers.Deploying;
using Mom.Workers.Operations;

var builder = WebApplication.CreateBuilder(args);
var roles = WorkerRoles.From(builder.Configuration);

builder.AddServiceDefaults();
var messaging = builder.AddWorkerMessaging();

if (roles.Has(WorkerRoles.Deploy))
{
    builder.AddDeployer(messaging);
}
else
{
    builder.AddRedisClient("redis", configureOptions: redis => redis.AsyncTimeout = 2_000);
    builder.Services.AddOperations();
}

if (roles.Has(WorkerRoles.Db))
{
    builder.AddDatabaseWorker(messaging);
}

builder.AddJobWorkers(messaging, roles);

await using var app = builder.Build();
app.UseWebDefaults();
app.MapDefaultEndpoints();
await app.RunAsync();
