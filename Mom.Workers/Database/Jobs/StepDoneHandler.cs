using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.Jobs;

internal sealed class StepDoneHandler(JobOutcomes outcomes) : IMessageHandler<StepDone>
{
    public Task HandleAsync(StepDone message, MessageContext context, CancellationToken cancellationToken) =>
        outcomes.ApplyAsync(
            message.JobId,
            context,
            (job, now) => JobTransitions.Succeed(job, message.Run, message.Step, message.Result, message.Attempts, now),
            cancellationToken);
}
