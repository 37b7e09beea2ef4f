using Mom.Messaging.Consuming;

namespace Mom.Tests.Node;

/// <summary>Does what its kind says.</summary>
public sealed class WorkHandler(Behaviour behaviour) : IMessageHandler<Work>
{
    public Task HandleAsync(Work message, MessageContext context, CancellationToken cancellationToken) => behaviour.OnWork(message, context);
}
