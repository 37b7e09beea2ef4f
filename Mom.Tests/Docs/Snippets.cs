using System.Data;
using System.Diagnostics;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Aspire.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Hosting.NativeServers.Postgres;
using Mom.Hosting.NativeServers.RabbitMQ;
using Mom.Hosting.NativeServers.Redis;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Publishing;
using Mom.Messaging.Testing;
using Mom.Messaging.Topology;
using Mom.Testing;
using Mom.Tests.Broker.Durable;
using Mom.Tests.Node.Shop;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;
using Mom.Workers.Database.Notifications;

namespace Mom.Tests.Docs;

#pragma warning disable CA1812, CA1822, IDE0051, IDE0059, S1144 // Nothing here runs: it is there to be compiled.

/// <summary>Code of the pages that is nowhere else in the repository, so that it compiles.</summary>
internal static class Snippets
{
    // docs/messaging.md
    public sealed class Clerk(IMessagePublisher publisher)
    {
        public Task FileAsync(StepDone done, CancellationToken cancellationToken) =>
            publisher.PublishAsync(done, cancellationToken: cancellationToken);
    }

    public sealed class StepFailedBatch : IBatchHandler<StepFailed>
    {
        public Task HandleAsync(IReadOnlyList<Delivered<StepFailed>> messages, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // Mom.Messaging.Testing/README.md
    public static async Task HarnessAsync()
    {
        await using var harness = await MessagingHarness.StartAsync(services =>
            services.AddMessaging("shop").AddHandlersFrom(typeof(PlaceOrder).Assembly));

        await harness.PublishAsync(new PlaceOrder(1));
        var placed = await harness.Published<OrderPlaced>();
    }

    public static void Consume(MessagingBuilder messaging) =>
        messaging.AddConsumer("db.commands", options => (options.Concurrency, options.Prefetch) = (4, 32))
            .Handle<MarkNotificationsRead, MarkNotificationsReadHandler>()      // one message a call
            .Answer<CancelJob, Job, CancelJobHandler>()                         // a request and its reply
            .HandleBatch<StepDone, StepDoneHandler>(32, TimeSpan.Zero)          // what is there, in one call
            .AnswerBatch<CreateJob, Job, CreateJobHandler>(32, TimeSpan.Zero)   // and each gets its own reply
            .HandleBatch<StepFailed, StepFailedBatch>(100, TimeSpan.FromMilliseconds(20));

    public static async Task WorkAsync(UnitOfWork work, JobRow job, Guid user, Job view, MessageContext context)
    {
        job.Status = JobStatus.Running;                              // rows that change
        work.Send($"{job.Id}", new JobChanged(user, view));          // and what follows from it, in the order of its key
        await context.PublishAsync(new JobChanged(user, view));      // the same, in the order of this handling alone
    }

    public static void Keep(IServiceCollection services, BrokerTopology topology, JsonSerializerContext contracts)
    {
        services.AddMessaging(topology, contracts).KeepTopology(every: TimeSpan.FromSeconds(5));
    }

    // README.md of the packages
    public static void Register(IServiceCollection services)
    {
        services.AddMessaging("shop").AddHandlersFrom(typeof(PlaceOrder).Assembly);
    }

    public static void Store(IServiceCollection services, MessagingBuilder messaging, string connectionString)
    {
        services.AddDbContext<LedgerContext>(options => options.UseNpgsql(PostgresSessions.WithLimits(connectionString)).UseSnakeCaseNamingConvention());
        messaging.AddPostgres<LedgerContext>();
    }

    // docs/order.md
    public sealed class ShipOrderHandler : IMessageHandler<ShipOrder>
    {
        public Task HandleAsync(ShipOrder message, MessageContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public static void Partition(MessagingBuilder messaging) =>
        messaging.AddConsumer(new QueueDefinition("shop.shipping") { Partitions = 8, RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)] })
            .Handle<ShipOrder, ShipOrderHandler>();

    public static void Limit(MessagingBuilder messaging) =>
        messaging.AddConsumer("reports", options => (options.Concurrency, options.Prefetch, options.MaxConcurrentPerTenant) = (16, 64, 2));

    internal sealed class RateOfTenants(PartitionedRateLimiter<string> limiter) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            using var lease = await limiter.AcquireAsync(context.Delivery.Tenant ?? string.Empty, permitCount: 1, context.CancellationToken);
            await (lease.IsAcquired ? next(context) : throw new TimeoutException("Too many messages of this tenant wait."));
        }
    }

    public static void LimitRate(MessagingBuilder messaging)
    {
        messaging.Services.AddSingleton(PartitionedRateLimiter.Create<string, string>(tenant => RateLimitPartition.GetTokenBucketLimiter(
            tenant,
            _ => new TokenBucketRateLimiterOptions { TokenLimit = 10, TokensPerPeriod = 10, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 100 })));
        messaging.AddConsumer("reports", options => options.MaxConcurrentPerTenant = 2).Use<RateOfTenants>();
    }

    // docs/dead-letters.md
    public static async Task<(IReadOnlyList<DeadLetterCause> Causes, string? Obstacle)> DecideAsync(DeadLetterAdministration<LedgerContext> letters, long id, CancellationToken cancellationToken)
    {
        var causes = await letters.Matching(new DeadLetterFilter(Queue: "ledger")).CausesAsync(cancellationToken);
        var obstacle = await letters.ReplayAsync(id, by: "ann", cancellationToken);
        await letters.StartAsync(Guid.NewGuid(), DeadLetterOperationKind.Replay, new DeadLetterFilter(Type: "ledger.deposit.v1"), perSecond: 20, "ann", reason: null, cancellationToken);
        return (causes, obstacle);
    }

    // docs/handlers.md
    public static void Discover(IServiceCollection services)
    {
        services.AddMessaging("shop")
            .AddHandlersFrom(typeof(PlaceOrder).Assembly, handlers =>
            {
                handlers.Service = "storefront";
                handlers.Queue(
                    "shop.order",
                    queue => queue with { RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)] },
                    options => options.Concurrency = 8,
                    consumer => consumer.OnFailure<FormatException>(policy => policy.DeadLetter()));
            });
    }

#pragma warning disable CA1848, CA1873 // A page is no place for a generated log.
    internal sealed class Stopwatches(ILogger<Stopwatches> logger) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            var started = Stopwatch.GetTimestamp();
            await next(context);
            logger.LogInformation("{Message} took {Elapsed}", context.Delivery.MessageId, Stopwatch.GetElapsedTime(started));
        }
    }
#pragma warning restore CA1848, CA1873

    public static void Fail(ConsumerBuilder consumer)
    {
        consumer
            .OnFailure<DBConcurrencyException>(policy => policy.Immediately(3))
            .OnFailure<HttpRequestException>(policy => policy.After(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), when: failure => failure.StatusCode is null)
            .OnFailure<FormatException>(policy => policy.DeadLetter())
            .OnFailure<OperationCanceledException>(policy => policy.Immediately(1).Discard());
    }

    public static async Task PublishAsync(IMessagePublisher publisher, PlaceOrder order, DateTimeOffset tomorrow)
    {
        await publisher.PublishAsync(order, new PublishOptions
        {
            CorrelationId = "order-4711",
            Tenant = "acme",
            Headers = new Dictionary<string, object?> { ["source"] = "import" },
            DeliverAt = tomorrow,
        });
    }

    // docs/testing.md
    public static async Task TestAsync()
    {
        await using var system = await RunningSystem.StartAsync(new SystemOptions { Name = "my-tests" });
        await system.KillAsync("math-worker");                  // SIGKILL; it comes back by itself
        await system.StopAsync("postgres", StopMode.Kill);      // SIGKILL; it stays down
        await system.StartAsync("postgres");
        await system.HealthyAsync("postgres");                  // asks it, now
        system.Freeze("rabbitmq");                              // SIGSTOP: connections stay open, nobody answers
        system.Thaw("rabbitmq");
        await system.StopAsync("db-worker", replica: 2);
        await system.StopAsync("rabbitmq");
        system.Wipe("rabbitmq");                                // the disk is lost
        await RabbitMqCtl.RaiseMemoryAlarmAsync(system);
    }

    // docs/without-docker.md
    public static void Host(IDistributedApplicationBuilder builder)
    {
        var rabbitmq = builder.AddNativeRabbitMQ("rabbitmq", port: 7072).WithManagementPlugin(port: 9092);
        var momdb = builder.AddNativePostgres("postgres", port: 7071).AddDatabase("momdb");
        var redis = builder.AddNativeRedis("redis", port: 7073);

        builder.AddProject("api", "../Api/Api.csproj").WithReference(rabbitmq).WaitFor(rabbitmq);
    }
}
