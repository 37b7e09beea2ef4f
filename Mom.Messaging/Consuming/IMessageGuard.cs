namespace Mom.Messaging.Consuming;

/// <summary>Looks at a message before its handler is called, in the same scope; see <see cref="ConsumerBuilder.Guarded{TGuard}"/>.</summary>
public interface IMessageGuard
{
    /// <summary>Returns when the message may be handled. What it throws is as if the handler had thrown it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">The delivery: its attempt, queue and headers.</param>
    /// <exception cref="Errors.SenderRefusedException">It must not be: it becomes a dead letter, and its caller is told that it failed.</exception>
    void Check(object message, MessageContext context);
}
