namespace Mom.LocalHost.Ports;

/// <summary>Which TCP port (1 to 65535, on 127.0.0.1) each part of the system listens on. Workers take any free one.</summary>
public sealed record PortMap
{
    public int Panel { get; init; } = 9090;
    public int Api { get; init; } = 7070;
    public int Socket { get; init; } = 7080;
    public int MathService { get; init; } = 7090;
    public int Postgres { get; init; } = 7071;
    public int RabbitMq { get; init; } = 7072;
    public int RabbitMqManagement { get; init; } = 9092;
    public int Redis { get; init; } = 7073;
    public int PostgresScreen { get; init; } = 9091;
    public int RedisScreen { get; init; } = 9093;

    /// <summary>Where Erlang nodes of this broker speak to each other and to <c>rabbitmqctl</c>.</summary>
    public int RabbitMqDistribution { get; init; } = 7074;

    /// <summary>Our own Erlang port mapper, apart from the machine's on 4369.</summary>
    public int Epmd { get; init; } = 7075;

    public int Dashboard { get; init; } = 18888;
    public int OtlpGrpc { get; init; } = 18889;
    public int OtlpHttp { get; init; } = 18890;

    /// <summary>The ports that the documentation names.</summary>
    public static PortMap Standard { get; } = new();

    /// <summary>Fifteen ports that nobody listens on at this moment, for a private system beside another one.</summary>
    public static PortMap Free()
    {
        var free = new Queue<int>(FreePorts.Take(15));
        return Standard.Select(_ => free.Dequeue());
    }

    /// <summary>The same ports, each higher by <paramref name="by"/>.</summary>
    /// <param name="by">0 to 46645, so that the highest port stays a port.</param>
    /// <exception cref="ArgumentOutOfRangeException">A port would leave the range.</exception>
    public PortMap Offset(int by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, ushort.MaxValue - OtlpHttp);
        return Select(port => port + by);
    }

    private PortMap Select(Func<int, int> change) => new()
    {
        Panel = change(Panel),
        Api = change(Api),
        Socket = change(Socket),
        MathService = change(MathService),
        Postgres = change(Postgres),
        RabbitMq = change(RabbitMq),
        RabbitMqManagement = change(RabbitMqManagement),
        Redis = change(Redis),
        PostgresScreen = change(PostgresScreen),
        RedisScreen = change(RedisScreen),
        RabbitMqDistribution = change(RabbitMqDistribution),
        Epmd = change(Epmd),
        Dashboard = change(Dashboard),
        OtlpGrpc = change(OtlpGrpc),
        OtlpHttp = change(OtlpHttp),
    };
}
