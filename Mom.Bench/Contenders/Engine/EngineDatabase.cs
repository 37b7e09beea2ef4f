using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Servers;
using Mom.Messaging;
using Mom.Messaging.EntityFrameworkCore;

namespace Mom.Bench.Contenders.Engine;

internal static class EngineDatabase
{
    /// <summary>Outbox, inbox and relay in the benchmark's database.</summary>
    public static MessagingBuilder AddBenchDatabase(this MessagingBuilder messaging, BenchTargets targets)
    {
        messaging.Services.AddDbContextPool<BenchContext>(options => BenchDatabase.Configure(options, targets.Postgres));
        return messaging.AddEntityFrameworkOutbox<BenchContext>();
    }
}
