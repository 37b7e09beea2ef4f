namespace Aspire.StackExchange.Redis;

/// <summary>Settings of <c>AddRedisClient</c>, from the section <c>Aspire:StackExchange:Redis</c>; the same as in Aspire.StackExchange.Redis.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>A StackExchange.Redis configuration: <c>host:port,password=...</c>.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    /// <summary>Has no effect here: the instrumentation of StackExchange.Redis comes with Aspire's package only.</summary>
    public bool DisableTracing { get; set; }

    /// <summary><see langword="false"/>: connect when the host starts.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
