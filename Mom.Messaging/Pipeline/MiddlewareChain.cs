namespace Mom.Messaging.Pipeline;

/// <summary>Makes one step of many middlewares, once: a message then costs no more than their calls. Without any there is no step.</summary>
internal static class MiddlewareChain
{
    /// <param name="middleware">Made for each call, the outermost first.</param>
    public static HandlingStep? Of(IReadOnlyList<Func<IServiceProvider, IHandlingMiddleware>> middleware)
    {
        if (middleware.Count == 0)
        {
            return null;
        }

        HandlingStep step = static context => context.HandleAsync();
        foreach (var create in middleware.Reverse())
        {
            var next = step;
            step = context => create(context.Services).InvokeAsync(context, next);
        }

        return step;
    }

    /// <param name="middleware">The outermost first.</param>
    /// <param name="send">The end of it.</param>
    public static PublishingStep? Of(IReadOnlyList<IPublishingMiddleware> middleware, PublishingStep send)
    {
        if (middleware.Count == 0)
        {
            return null;
        }

        var step = send;
        foreach (var each in middleware.Reverse())
        {
            var next = step;
            step = context => each.InvokeAsync(context, next);
        }

        return step;
    }
}
