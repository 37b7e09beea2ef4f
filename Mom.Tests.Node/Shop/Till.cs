using System.Collections.Concurrent;

namespace Mom.Tests.Node.Shop;

/// <summary>What the handlers of the shop have done; a test listens.</summary>
public sealed class Till
{
    private readonly ConcurrentQueue<string> _rung = new();

    /// <summary>Called after each of them.</summary>
    public Action Rung { get; set; } = static () => { };

    public IReadOnlyCollection<string> All => [.. _rung];

    public void Rings(string what)
    {
        _rung.Enqueue(what);
        Rung();
    }
}
