using System.Reflection;

namespace Mom.Messaging.Consuming.Discovery;

/// <summary>One handler interface of a class that was found in an assembly.</summary>
/// <param name="Handler">The class.</param>
/// <param name="Contract">What its message says of itself.</param>
/// <param name="Method">By which it is added.</param>
/// <param name="Types">What the interface is of: the message, and for a request its reply.</param>
internal sealed record HandlerKind(Type Handler, MessageAttribute Contract, string Method, Type[] Types)
{
    public Type Message => Types[0];

    /// <exception cref="InvalidOperationException">It handles what is no message.</exception>
    public static HandlerKind? Of(Type handler, Type each)
    {
        var definition = each.IsGenericType ? each.GetGenericTypeDefinition() : null;
        var method = definition == typeof(IMessageHandler<>) ? nameof(ConsumerBuilder.Handle)
            : definition == typeof(IRequestHandler<,>) ? nameof(ConsumerBuilder.Answer)
            : definition == typeof(IBatchHandler<>) ? nameof(ConsumerBuilder.HandleBatch)
            : null;
        if (method is null)
        {
            return null;
        }

        var types = each.GetGenericArguments();
        var contract = types[0].GetCustomAttribute<MessageAttribute>()
            ?? throw new InvalidOperationException($"{handler.Name} handles {types[0].Name}, which is no message: give it a [Message(\"name.v1\")].");
        return new HandlerKind(handler, contract, method, types);
    }

    /// <exception cref="InvalidOperationException">A batch handler does not say how large a batch is.</exception>
    public void AddTo(ConsumerBuilder consumer)
    {
        object[] arguments = [];
        if (string.Equals(Method, nameof(ConsumerBuilder.HandleBatch), StringComparison.Ordinal))
        {
            var batch = Handler.GetCustomAttribute<BatchAttribute>()
                ?? throw new InvalidOperationException($"{Handler.Name} handles batches: say with [Batch(100)] how many messages one has at most.");
            arguments = [batch.MaxMessages, TimeSpan.FromMilliseconds(batch.WithinMilliseconds)];
        }

        typeof(ConsumerBuilder).GetMethod(Method)!.MakeGenericMethod([.. Types, Handler]).Invoke(consumer, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }
}
