using Mom.Workers;
using Mom.Workers.Database;
using Mom.Workers.Math;
using Mom.Workers.Operations;

var builder = WebApplication.CreateBuilder(args);
var roles = WorkerRoles.From(builder.Configuration);

if (roles.Has(WorkerRoles.Migrate))
{
    await MigrationStep.RunAsync(args);
    return;
}

builder.AddServiceDefaults();
var messaging = builder.AddWorkerMessaging();
builder.AddRedisClient("redis", configureOptions: redis => redis.AsyncTimeout = 2_000);

if (roles.Has(WorkerRoles.Db))
{
    builder.AddDatabaseWorker(messaging);
}

if (roles.Has(WorkerRoles.Math))
{
    builder.AddMathWorker(messaging);
}

builder.Services.AddOperations();

await using var app = builder.Build();
app.UseWebDefaults();
app.MapDefaultEndpoints();
await app.RunAsync();
