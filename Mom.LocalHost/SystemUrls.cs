using Mom.LocalHost.Ports;

namespace Mom.LocalHost;

/// <summary>Where everything with an HTTP address is found. None ends with a slash.</summary>
public sealed class SystemUrls(PortMap ports)
{
    public string Panel { get; } = At(ports.Panel);

    public string Api { get; } = At(ports.Api);

    public string Socket { get; } = At(ports.Socket);

    public string MathService { get; } = At(ports.MathService);

    /// <summary>The broker's management screen and HTTP API.</summary>
    public string RabbitMqManagement { get; } = At(ports.RabbitMqManagement);

    /// <summary>The database's screen, where there is one.</summary>
    public string PostgresScreen { get; } = At(ports.PostgresScreen);

    /// <summary>The cache's screen, where there is one.</summary>
    public string RedisScreen { get; } = At(ports.RedisScreen);

    public string Dashboard { get; } = At(ports.Dashboard);

    /// <summary>Where the dashboard takes telemetry over gRPC.</summary>
    public string OtlpGrpc { get; } = At(ports.OtlpGrpc);

    /// <summary>Where the dashboard takes telemetry over HTTP.</summary>
    public string OtlpHttp { get; } = At(ports.OtlpHttp);

    private static string At(int port) => $"http://127.0.0.1:{port}";
}
