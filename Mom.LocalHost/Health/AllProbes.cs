namespace Mom.LocalHost.Health;

/// <summary>Healthy when every one of them is.</summary>
internal sealed class AllProbes(params IReadOnlyList<IHealthProbe> probes) : IHealthProbe
{
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var probe in probes)
        {
            if (await probe.CheckAsync(cancellationToken) is { } reason)
                return reason;
        }

        return null;
    }
}
