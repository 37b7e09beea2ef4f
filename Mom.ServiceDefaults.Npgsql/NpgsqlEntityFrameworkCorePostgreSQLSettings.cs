namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>
/// Settings of <c>AddNpgsqlDbContext</c>, from the section <c>Aspire:Npgsql:EntityFrameworkCore:PostgreSQL</c>; the same as in
/// Aspire.Npgsql.EntityFrameworkCore.PostgreSQL.
/// </summary>
public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>An Npgsql connection string: <c>Host=...;Port=...;Username=...;Password=...;Database=...</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary><see langword="true"/>: no retrying execution strategy, so that code may open transactions of its own.</summary>
    public bool DisableRetry { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    public bool DisableMetrics { get; set; }

    /// <summary>How long one command may take, in seconds. <see langword="null"/>: Npgsql's default of 30.</summary>
    public int? CommandTimeout { get; set; }
}
