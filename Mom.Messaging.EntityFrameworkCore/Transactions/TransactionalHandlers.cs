using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Consuming;

namespace Mom.Messaging.EntityFrameworkCore.Transactions;

/// <summary>Which handlers of the process run in the unit of work of a context.</summary>
internal sealed class TransactionalHandlers<TContext>(IEnumerable<RegisteredHandler> handlers)
    where TContext : DbContext
{
    private readonly Dictionary<(string Queue, Type Message), HandlerTransaction> _handlers = handlers.ToDictionary(handler => (handler.Queue, handler.Message), Of);

    public HandlerTransaction Of(string queue, Type message) => _handlers.GetValueOrDefault((queue, message));

    /// <exception cref="InvalidOperationException">It asks for what cannot be.</exception>
    private static HandlerTransaction Of(RegisteredHandler registered)
    {
        var (_, message, handler) = registered;
        var wanted = handler.GetCustomAttribute<TransactionalAttribute>()?.Enabled;
        if (Is(typeof(ITransactionalRequestHandler<,>)))
        {
            return wanted != false
                ? HandlerTransaction.Effect
                : throw new InvalidOperationException($"{handler.Name} is an ITransactionalRequestHandler and [Transactional(false)]. Make it an IRequestHandler, or remove the attribute.");
        }

        if (Is(typeof(IRequestHandler<,>)) || Is(typeof(IBatchRequestHandler<,>)))
        {
            return wanted != true
                ? HandlerTransaction.None
                : throw new InvalidOperationException(
                    $"{handler.Name} is [Transactional] and answers requests. Make it an ITransactionalRequestHandler, so that a request that comes again has an answer without a second effect.");
        }

        return wanted ?? Takes() ? HandlerTransaction.Whole : HandlerTransaction.None;

        bool Is(Type definition) =>
            handler.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == definition && each.GenericTypeArguments[0] == message);

        bool Takes() => handler.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.ParameterType == typeof(TContext) || parameter.ParameterType == typeof(UnitOfWork<TContext>));
    }
}

/// <summary>How a handler has to do with the unit of work.</summary>
internal enum HandlerTransaction
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>All of it is the effect.</summary>
    Whole,

    /// <summary>It has an effect and an answer (<see cref="ITransactionalRequestHandler{TRequest, TReply}"/>).</summary>
    Effect,
}
