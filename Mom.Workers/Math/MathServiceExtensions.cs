using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Workers.Math;

/// <summary>The role <c>math</c>: calls the math service, and has no database.</summary>
internal static class MathWorkerExtensions
{
    public static void AddMathWorker(this WebApplicationBuilder builder, MessagingBuilder messaging)
    {
        builder.Services.AddHttpClient<MathServiceClient>(client => client.BaseAddress = new Uri("https+http://math-service"))
            .AddMathResilience();
        builder.Services.AddSingleton<CancelledRuns>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CancelledRuns>());

        // The service answers after up to 10 s, so a step costs waiting and no work: many at a time.
        var senders = MomUsers.Only(builder.ChecksSenders(), MomUsers.DbWorker);
        messaging.AddConsumer(MomQueues.MathSteps, options => (options.Concurrency, options.Prefetch, options.AllowedSenders) = (16, 16, senders))
            .Handle<MathStep, MathStepHandler>();
    }
}
