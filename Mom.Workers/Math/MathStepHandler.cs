using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Workers.Math;

/// <summary>
/// Works on one operation of one job and reports its outcome. The report is confirmed before the step is acked. A refusal of the
/// service is an outcome. So is a last attempt that failed, which becomes a dead letter besides: the job fails with a reason, and
/// replaying the dead letter lets it go on. A run that was cancelled has no outcome.
/// </summary>
internal sealed class MathStepHandler(MathServiceClient math, CancelledRuns runs, IMessagePublisher publisher) : IMessageHandler<MathStep>
{
    public async Task HandleAsync(MathStep message, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", message.JobId);
        using var run = await runs.WatchAsync(message.JobId, message.Run);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Cancelled);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            if (message.Step == 0)
            {
                _ = TellStartedAsync(message, cancellationToken);
            }

            var result = await math.CalculateAsync(message.Method, message.Numbers, either.Token);
            await publisher.PublishAsync(new StepDone(message.JobId, message.Step, result, context.Attempt, message.Run), cancellationToken: cancellationToken);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Activity.Current?.SetTag("mom.job.cancelled", value: true);
        }
        catch (MathRefusedException refusal)
        {
            await FailAsync(message, context, refusal.Message, cancellationToken);
        }
        catch (Exception exception) when (context.IsLastAttempt && MathServiceClient.IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            await FailAsync(message, context, $"The math service could not be reached in {context.Attempt} attempts.", cancellationToken);
            throw;
        }
    }

    // A job that has a result is running anyway. Nobody waits for this, and nothing fails with it.
    private async Task TellStartedAsync(MathStep message, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(new StepStarted(message.JobId, message.Step, message.Run), cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is MessagingException or OperationCanceledException)
        {
            Activity.Current?.SetTag("mom.job.start.not_told", exception.Message);
        }
    }

    private Task FailAsync(MathStep message, MessageContext context, string error, CancellationToken cancellationToken) =>
        publisher.PublishAsync(new StepFailed(message.JobId, message.Step, error, context.Attempt, message.Run), cancellationToken: cancellationToken);
}
