using Mom.Messaging.Consuming;

namespace Mom.Messaging.Contracts;

/// <summary>How the versions of a message become each other.</summary>
internal sealed class MessageVersions
{
    private readonly Dictionary<Type, Conversion> _newer = [];
    private readonly Dictionary<Type, Conversion> _published = [];

    /// <exception cref="InvalidOperationException">The old version has an upcaster already, the two lead back to each other, or are answered differently.</exception>
    public void AddUpcast(Type from, Type to, Func<object, object> convert)
    {
        for (var type = to; type is not null; type = _newer.GetValueOrDefault(type)?.To)
        {
            if (type == from)
            {
                throw new InvalidOperationException($"{from.Name} and {to.Name} would be made of each other without an end.");
            }
        }

        Add(_newer, from, new Conversion(to, convert), "an upcaster");
    }

    /// <exception cref="InvalidOperationException">The message is published as another one already, or the two are answered differently.</exception>
    public void AddPublished(Type from, Type to, Func<object, object> convert) => Add(_published, from, new Conversion(to, convert), "a version as which it is published");

    /// <summary>The nearest newer version of a message that has a handler.</summary>
    public Type? Newer(Type type, Dictionary<Type, HandlerCall> handlers)
    {
        while (_newer.TryGetValue(type, out var conversion))
        {
            type = conversion.To;
            if (handlers.ContainsKey(type))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>A message as a newer version, by as many steps as it takes.</summary>
    public object Upcast(object message, Type to)
    {
        while (message.GetType() != to)
        {
            message = _newer[message.GetType()].Convert(message);
        }

        return message;
    }

    /// <summary>A message as it is sent.</summary>
    public object Published(object message) => _published.TryGetValue(message.GetType(), out var conversion) ? conversion.Convert(message) : message;

    private static void Add(Dictionary<Type, Conversion> conversions, Type from, Conversion conversion, string what)
    {
        if (MessageContract.ReplyOf(from) != MessageContract.ReplyOf(conversion.To))
        {
            throw new InvalidOperationException($"{from.Name} and {conversion.To.Name} have different replies: the caller of the one could not read the answer to the other. Handle both.");
        }

        if (!conversions.TryAdd(from, conversion))
        {
            throw new InvalidOperationException($"{from.Name} has {what} already.");
        }
    }

    private sealed record Conversion(Type To, Func<object, object> Convert);
}
