using RabbitMQ.Client;

namespace Mom.Messaging.Testing.Broker;

/// <summary>A consumer of one queue, on one channel.</summary>
internal sealed class MemoryConsumer(string tag, MemoryQueue queue, MemoryChannel channel, IAsyncBasicConsumer callbacks, bool autoAck, ushort prefetch)
{
    public string Tag => tag;

    public MemoryQueue Queue => queue;

    public MemoryChannel Channel => channel;

    public IAsyncBasicConsumer Callbacks => callbacks;

    public bool AutoAck => autoAck;

    /// <summary>Messages that it has and has not acked.</summary>
    public int Unacked { get; set; }

    public bool HasRoom => autoAck || prefetch == 0 || Unacked < prefetch;
}
