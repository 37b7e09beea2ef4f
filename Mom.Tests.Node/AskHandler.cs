using Mom.Messaging.Consuming;

namespace Mom.Tests.Node;

/// <summary>Answers as its kind says.</summary>
public sealed class AskHandler(Behaviour behaviour) : IRequestHandler<Ask, Answer>
{
    public Task<Answer> HandleAsync(Ask request, MessageContext context, CancellationToken cancellationToken) => behaviour.OnAsk(request, context);
}
