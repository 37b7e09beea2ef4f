global using UnitOfWork = Mom.Messaging.EntityFrameworkCore.Transactions.UnitOfWork<Mom.Workers.Database.Model.MomDbContext>;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Inbox;
using Mom.Messaging.Outbox;
using Mom.Workers.Database;
using Mom.Workers.Database.DeadLetters;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Keys;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker.Support;

/// <summary>The db worker's outbox, inbox and unit of work, with a handler whose effect can be counted.</summary>
internal static class WorkerParts
{
    /// <summary>Adds the outbox and its relay.</summary>
    public static MessagingBuilder WithOutbox(this MessagingBuilder messaging, TestDatabase database, OutboxOptions? outbox = null, InboxOptions? inbox = null)
    {
        messaging.Services.AddSingleton(outbox ?? new OutboxOptions { PollInterval = TimeSpan.FromSeconds(0.1) });
        messaging.Services.AddSingleton(inbox ?? new InboxOptions());
        messaging.Services.AddDbContext<MomDbContext>(database.Configure);
        return messaging.AddEntityFrameworkOutbox<MomDbContext>();
    }

    /// <summary>Adds what follows from a change of a job.</summary>
    /// <param name="services">Those of the engine.</param>
    /// <param name="underWay">How many jobs of a user are under way at a time.</param>
    public static IServiceCollection AddJobChanges(this IServiceCollection services, int underWay = 1_000)
    {
        services.AddSingleton(Options.Create(new UserJobOptions { UnderWay = underWay }));
        services.AddScoped<FairTurns>();
        services.AddScoped<JobKeys>();
        return services.AddScoped<JobChanges>();
    }

    /// <summary>Adds the store of dead letters, and the outbox that it needs.</summary>
    public static MessagingBuilder WithDeadLetters(this MessagingBuilder messaging, TestDatabase database)
    {
        messaging.WithOutbox(database);
        messaging.Services.AddJobChanges();
        messaging.Services.AddScoped<IDeadLetterObserver, DeadSteps>();
        return messaging.AddDeadLetters<MomDbContext>();
    }

    /// <summary>Consumes <c>math.steps</c> with <see cref="EffectHandler"/>.</summary>
    public static MessagingBuilder WithEffects(this MessagingBuilder messaging, HandlerHooks? hooks = null, Action<ConsumerOptions>? options = null)
    {
        messaging.Services.AddSingleton(hooks ?? new HandlerHooks());
        messaging.AddConsumer(MomQueues.MathSteps, options).Handle<MathStep, EffectHandler>();
        return messaging;
    }

    /// <summary>Commits messages to the outbox in one transaction.</summary>
    public static async Task SendAsync(this EngineHost engine, params IEnumerable<(Guid Key, object Message)> messages)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.RunOnceAsync(
            new MessageContext(Guid.NewGuid(), "test", Attempt: 1, MaxAttempts: 1, DateTimeOffset.UtcNow),
            () =>
            {
                foreach (var (key, message) in messages)
                {
                    work.Send(OutboxKeys.Of(key), message);
                }

                return Task.CompletedTask;
            },
            CancellationToken.None);
    }
}
