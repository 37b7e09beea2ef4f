using System.Diagnostics;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Records every span of broker client and engine for as long as it lives, as with OpenTelemetry and a sampler that keeps all.</summary>
internal sealed class Tracing : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name.StartsWith("RabbitMQ.Client", StringComparison.Ordinal) || source.Name.StartsWith("Mom.", StringComparison.Ordinal),
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    private Tracing() => ActivitySource.AddActivityListener(_listener);

    /// <summary>Begins to record, if it should; nothing is exported.</summary>
    public static IDisposable? If(bool on) => on ? new Tracing() : null;

    public void Dispose() => _listener.Dispose();
}
