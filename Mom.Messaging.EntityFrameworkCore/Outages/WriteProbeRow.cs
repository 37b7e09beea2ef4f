namespace Mom.Messaging.EntityFrameworkCore.Outages;

/// <summary>The one row that the outage gate writes when it asks whether Postgres takes writes.</summary>
public sealed class WriteProbeRow
{
    /// <summary>Always 1.</summary>
    public short Id { get; init; }

    /// <summary>When it was asked the last time.</summary>
    public DateTimeOffset AskedAt { get; init; }
}
