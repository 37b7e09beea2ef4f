using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Workers.Math;

/// <summary>
/// Works on one operation of one job and reports its outcome. The report is confirmed before the step is acked; while the broker takes none, the
/// engine holds the step, at the cost of no attempt. A refusal of the service is an outcome. A last attempt that failed is none to be reported
/// here: the dead letter that becomes of it is the outcome, so that there cannot be the one without the other. A run that was cancelled has none.
/// </summary>
internal sealed class MathStepHandler(MathServiceClient math, CancelledRuns runs, IMessagePublisher publisher, TimeProvider time) : IMessageHandler<MathStep>
{
    /// <summary>
    /// What is done sooner than this has a result before anybody could see that it was begun: to tell of it would cost as much as to tell of the result.
    /// </summary>
    private static readonly TimeSpan TellAfter = TimeSpan.FromMilliseconds(100);

    public async Task HandleAsync(MathStep message, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", message.JobId);
        using var run = await runs.WatchAsync(message.JobId, message.Run);
        var startedAt = time.GetUtcNow();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Cancelled);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            await using var tell = message.Step == 0
                ? time.CreateTimer(_ => _ = TellStartedAsync(message, startedAt, cancellationToken), state: null, TellAfter, Timeout.InfiniteTimeSpan)
                : null;
            var result = await math.CalculateAsync(message.Method, message.Numbers, either.Token);
            await publisher.PublishAsync(new StepDone(message.JobId, message.Step, result, context.Attempt, message.Run, startedAt), cancellationToken: cancellationToken);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Activity.Current?.SetTag("mom.job.cancelled", value: true);
        }
        catch (MathRefusedException refusal)
        {
            await publisher.PublishAsync(new StepFailed(message.JobId, message.Step, refusal.Message, context.Attempt, message.Run, startedAt), cancellationToken: cancellationToken);
        }
    }

    // A job that has a result is running anyway. Nobody waits for this, and nothing fails with it.
    private async Task TellStartedAsync(MathStep message, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(new StepStarted(message.JobId, message.Step, message.Run, startedAt), cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is MessagingException or OperationCanceledException)
        {
            Activity.Current?.SetTag("mom.job.start.not_told", exception.Message);
        }
    }
}
