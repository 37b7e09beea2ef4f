using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;

namespace Mom.Workers.Math;

/// <summary>
/// Works on one operation of one job and reports its outcome. The report is confirmed before the step is acked; a refusal of the
/// service, or a last attempt that failed, is an outcome too: the job fails, the worker goes on.
/// </summary>
internal sealed class MathStepHandler(MathServiceClient math, IMessagePublisher publisher) : IMessageHandler<MathStep>
{
    public async Task HandleAsync(MathStep message, MessageContext context, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag("mom.job.id", message.JobId);
        object outcome;
        try
        {
            var result = await math.CalculateAsync(message.Method, message.Numbers, cancellationToken);
            outcome = new StepDone(message.JobId, message.Step, result, context.Attempt);
        }
        catch (MathRefusedException refusal)
        {
            outcome = new StepFailed(message.JobId, message.Step, refusal.Message, context.Attempt);
        }
        catch (Exception exception) when (context.IsLastAttempt && !cancellationToken.IsCancellationRequested)
        {
            Activity.Current?.AddException(exception);
            outcome = new StepFailed(message.JobId, message.Step, $"The math service could not be reached in {context.Attempt} attempts.", context.Attempt);
        }

        await publisher.PublishAsync(outcome, cancellationToken: cancellationToken);
    }
}
