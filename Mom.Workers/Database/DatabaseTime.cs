namespace Mom.Workers.Database;

/// <summary>Moments as the database keeps them.</summary>
internal static class DatabaseTime
{
    /// <summary>To the microsecond, cut off: what is read again is then equal to what was written.</summary>
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));
}
