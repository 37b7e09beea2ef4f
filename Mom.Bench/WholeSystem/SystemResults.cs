namespace Mom.Bench.WholeSystem;

/// <summary>What the benchmarks of the whole system came to; <see langword="null"/> for each that was not wanted.</summary>
internal sealed record SystemResults
{
    public SystemFigures? System { get; init; }

    public GrowthFigures? Growth { get; init; }

    public SocketFigures? Sockets { get; init; }

    public SoakFigures? Soak { get; init; }

    /// <summary>The figures that have a goal.</summary>
    public IReadOnlyList<Bar> Bars => [.. System?.Bars ?? [], .. Growth?.Bars ?? [], .. Sockets?.Bars ?? [], .. Soak?.Bars ?? []];
}
