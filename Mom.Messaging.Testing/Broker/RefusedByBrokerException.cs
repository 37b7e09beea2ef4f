namespace Mom.Messaging.Testing.Broker;

/// <summary>What the broker closes a channel for.</summary>
internal sealed class RefusedByBrokerException(ushort code, string text) : Exception(text)
{
    public const ushort NotFound = 404;
    public const ushort PreconditionFailed = 406;

    public ushort Code => code;
}
