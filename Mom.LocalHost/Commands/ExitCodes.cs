namespace Mom.LocalHost.Commands;

/// <summary>What the shell gets to see.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>Of <c>status</c>: nothing runs.</summary>
    public const int NotRunning = 3;
}
