namespace Mom.Bench.Capacity;

/// <summary>One kind of message.</summary>
/// <param name="Name">For people.</param>
/// <param name="Priority">1 to 10; higher is delivered first.</param>
/// <param name="Rate">Arrivals per second, at random.</param>
/// <param name="Service">Seconds that a handler takes.</param>
internal sealed record MessageClass(string Name, int Priority, double Rate, ServiceTime Service);
