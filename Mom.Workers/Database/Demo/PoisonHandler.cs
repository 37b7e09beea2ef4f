using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Workers.Database.Demo;

/// <summary>Fails as the message says.</summary>
internal sealed class PoisonHandler : IMessageHandler<Poison>
{
    public Task HandleAsync(Poison message, MessageContext context, CancellationToken cancellationToken)
    {
        if (!message.Fails || (message.CuredByReplay && context.Headers.ContainsKey(MessageHeaders.Replay)))
        {
            return Task.CompletedTask;
        }

        throw message.Retried ? new InvalidOperationException(message.Text) : new PermanentFailureException(message.Text);
    }
}
