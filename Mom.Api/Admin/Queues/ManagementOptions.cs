namespace Mom.Api.Admin.Queues;

/// <summary>The section <c>RabbitMq:Management</c> of the configuration.</summary>
internal sealed class ManagementOptions
{
    public const string Section = "RabbitMq:Management";

    /// <summary>
    /// Where the broker's management plugin answers, such as <c>http://127.0.0.1:9092</c>. Without it queues cannot be looked into, and
    /// everything else works. User and password are those of the broker's connection string, unless they stand in the URL.
    /// </summary>
    public Uri? Url { get; set; }
}
