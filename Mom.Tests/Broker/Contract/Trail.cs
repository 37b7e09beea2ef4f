using System.Collections.Concurrent;
using Mom.Messaging.Consuming;
using Mom.Messaging.Pipeline;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Contract;

/// <summary>What handlers of the contract did, in its order.</summary>
internal sealed class Trail
{
    private readonly ConcurrentQueue<string> _steps = new();
    private readonly Changes _changes = new();

    public IReadOnlyList<string> Steps => [.. _steps];

    public void Add(string step)
    {
        _steps.Enqueue(step);
        _changes.Happened();
    }

    public Task ContainsAsync(string step) => _changes.UntilAsync(() => _steps.Contains(step), () => $"'{step}' should be among {string.Join(", ", _steps)}");

    public Task ReachesAsync(int count) => _changes.UntilAsync(() => _steps.Count >= count, () => $"{count} steps should be there; there are {string.Join(", ", _steps)}");
}

internal sealed class NoteHandler(Trail trail) : IMessageHandler<Note>
{
    public Task HandleAsync(Note message, MessageContext context, CancellationToken cancellationToken)
    {
        trail.Add($"note {message.Number}");
        return Task.CompletedTask;
    }
}

internal sealed class HappenedHandler(Trail trail) : IMessageHandler<Happened>
{
    public Task HandleAsync(Happened message, MessageContext context, CancellationToken cancellationToken)
    {
        trail.Add($"happened {message.Number} in {context.Queue}");
        return Task.CompletedTask;
    }
}

internal sealed class WorkBatch(Trail trail) : IBatchHandler<Work>
{
    public Task HandleAsync(IReadOnlyList<Delivered<Work>> messages, CancellationToken cancellationToken)
    {
        trail.Add($"batch of {messages.Count}");
        return Task.CompletedTask;
    }
}

internal sealed class Outer(Trail trail) : IHandlingMiddleware
{
    public async Task InvokeAsync(HandlingContext context, HandlingStep next)
    {
        trail.Add("outer in");
        await next(context);
        trail.Add("outer out");
    }
}

internal sealed class Inner(Trail trail) : IHandlingMiddleware
{
    public async Task InvokeAsync(HandlingContext context, HandlingStep next)
    {
        trail.Add("inner in");
        await next(context);
        trail.Add("inner out");
    }
}

internal sealed class Stamp(Trail trail) : IPublishingMiddleware
{
    public Task InvokeAsync(PublishingContext context, PublishingStep next)
    {
        trail.Add($"sends {context.Envelope.Type}");
        context.SetHeader("stamp", "seen");
        return next(context);
    }
}
