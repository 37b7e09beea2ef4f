using Mom.Messaging.Diagnostics;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Testing.Broker;

namespace Mom.Messaging.Testing.Observing;

/// <summary>Counts a publish as in flight until it has reached the broker, whatever middleware it passes; outside of all other middleware.</summary>
internal sealed class PublishingObserver(Workload workload, WaitingRequests requests) : IPublishingMiddleware
{
    public async Task InvokeAsync(PublishingContext context, PublishingStep next)
    {
        workload.Begin();
        try
        {
            await next(context).ConfigureAwait(false);
            if (MessageTags.InFlight is { } handled)
            {
                requests.Sent(handled, context.Envelope);
            }
        }
        finally
        {
            workload.End();
        }
    }
}
