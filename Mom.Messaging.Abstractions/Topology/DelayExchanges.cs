using System.Globalization;

namespace Mom.Messaging.Topology;

/// <summary>The names of the exchanges, and of the queues behind them, in which delayed messages wait. All are topic exchanges but the last.</summary>
public static class DelayExchanges
{
    /// <summary>What the names of all of them start with.</summary>
    public const string Prefix = "mom.delay.";

    /// <summary>Levels, 0 to 27.</summary>
    public const int Levels = 28;

    /// <summary>Where a message goes that has waited long enough: from here to its queues.</summary>
    public const string Delivery = Prefix + "delivery.v2";

    /// <summary>Where a message waits that no queue takes at the end of its delay.</summary>
    public const string Undelivered = Prefix + "undelivered";

    /// <summary>Those to which a message with a routing key can be published.</summary>
    public static IReadOnlyList<string> Topics { get; } = [Delivery, .. Enumerable.Range(0, Levels).Select(Level)];

    /// <summary>
    /// Where a message waits for 2^<paramref name="level"/> seconds. The first version's levels, without v2, may have classic queues; what is in them
    /// still arrives, by their own exchanges and bindings.
    /// </summary>
    public static string Level(int level) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}level.{level:00}.v2");
}
