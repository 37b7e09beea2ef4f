namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Moments as Postgres keeps them.</summary>
public static class PostgresTime
{
    /// <summary>To the microsecond, cut off: what is read again is then equal to what was written.</summary>
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));
}
