namespace Mom.Bench.Servers;

/// <summary>The servers that a benchmark may use, as connection strings with passwords: not for logs.</summary>
/// <param name="RabbitMq">AMQP URI of a broker.</param>
/// <param name="Postgres">For Npgsql: a database of the benchmark's own, see <see cref="BenchDatabase"/>.</param>
internal sealed record BenchTargets(string RabbitMq, string Postgres)
{
    /// <summary>The processes of the broker, where they are known: what it spends on a message is a part of the price.</summary>
    public IReadOnlyList<int> Broker { get; init; } = [];
}
