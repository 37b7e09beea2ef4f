using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;

namespace Mom.Messaging.Testing.Observing;

/// <summary>Notes what becomes of each call of a handler, outside of all other middleware.</summary>
internal sealed class HandlingObserver(Journal journal, WaitingRequests requests, TimeProvider time) : IHandlingMiddleware
{
    public async Task InvokeAsync(HandlingContext context, HandlingStep next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            Note(context, SightingKind.Handled, exception: null);
        }
        catch (RefusalException refusal)
        {
            Note(context, SightingKind.Handled, refusal);
            throw;
        }
        catch (Exception exception)
        {
            Note(context, SightingKind.Failed, exception);
            throw;
        }
        finally
        {
            // It may have given up a request before its time was over.
            if (MessageTags.InFlight is { } handled)
            {
                requests.Ended(handled);
            }
        }
    }

    private void Note(HandlingContext context, SightingKind kind, Exception? exception)
    {
        foreach (var (message, delivery) in context.Messages)
        {
            journal.Add(new Sighting(kind, time.GetUtcNow(), message.GetType(), message)
            {
                Where = delivery.Queue,
                Delivery = delivery,
                Exception = exception,
                Reply = exception is null ? context.Reply : null,
            });
        }
    }
}
