using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.Jobs;

internal sealed class StepFailedHandler(JobOutcomes outcomes) : IMessageHandler<StepFailed>
{
    public Task HandleAsync(StepFailed message, MessageContext context, CancellationToken cancellationToken) =>
        outcomes.ApplyAsync(
            message.JobId,
            context,
            (job, now) => JobTransitions.Fail(job, message.Run, message.Step, message.Error, message.Attempts, now),
            cancellationToken);
}
