namespace Mom.Hosting;

internal static class SnapshotExtensions
{
    public static bool Is(this CustomResourceSnapshot snapshot, string state) => string.Equals(snapshot.State?.Text, state, StringComparison.Ordinal);

    public static bool IsTerminal(this CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text, StringComparer.Ordinal);
}
