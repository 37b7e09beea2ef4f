using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;

namespace Mom.Workers.Text;

/// <summary>
/// Does one operation of one job and reports its outcome, which is confirmed before the step is acked. It is over sooner than anybody could cancel it,
/// or see that it was begun.
/// </summary>
internal sealed class TextStepHandler(TimeProvider time) : IMessageHandler<TextStep>
{
    public Task HandleAsync(TextStep message, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", message.JobId);
        var startedAt = time.GetUtcNow();
        return TextOperations.Do(message.Method, message.Text) switch
        {
            ({ } result, _) => context.PublishAsync(new StepDone(message.JobId, message.Step, result, context.Attempt, message.Run, startedAt)),
            (_, var error) => context.PublishAsync(new StepFailed(message.JobId, message.Step, error!, context.Attempt, message.Run, startedAt)),
        };
    }
}
