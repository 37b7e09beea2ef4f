using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Topology;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Support;

/// <summary>Processes of the small shop of <c>Mom.Tests.Node</c>.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    private readonly Changes _changes = new();
    private readonly Till _till = new();

    private ShopHost() => _till.Rung = _changes.Happened;

    public EngineHost Engine { get; private set; } = null!;

    /// <summary>What its handlers have done.</summary>
    public IReadOnlyCollection<string> Done => _till.All;

    public static async Task<ShopHost> StartAsync(VirtualHost broker, Action<MessagingBuilder> configure, BrokerTopology? topology = null)
    {
        var shop = new ShopHost();
        shop.Engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(shop._till);
                configure(messaging);
            },
            topology ?? NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        return shop;
    }

    /// <summary>Waits until the handlers have done these things, in any order.</summary>
    public Task DoneAsync(params string[] what) => _changes.UntilAsync(() => what.All(Done.Contains), () => $"it should have done {string.Join(", ", what)}; it did {string.Join(", ", Done)}");

    /// <summary>Waits until the handlers of all of these have done so many things together.</summary>
    public static async Task DoneAsync(int count, params ShopHost[] shops)
    {
        var changes = new Changes();
        foreach (var shop in shops)
        {
            shop._till.Rung = changes.Happened;
        }

        await changes.UntilAsync(() => shops.Sum(shop => shop.Done.Count) >= count, () => $"{count} things should be done; it was {shops.Sum(shop => shop.Done.Count)}");
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
