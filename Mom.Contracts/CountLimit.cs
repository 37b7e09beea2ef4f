namespace Mom.Contracts;

/// <summary>How far rows are counted that may be millions.</summary>
/// <remarks>To count is to read: the first page of a list would take longer with each job that there is, for a number that nobody compares.</remarks>
public static class CountLimit
{
    /// <summary>A count of 10,000 means so many or more.</summary>
    public const int Most = 10_000;
}
