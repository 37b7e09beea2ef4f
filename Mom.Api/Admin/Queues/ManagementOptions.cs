namespace Mom.Api.Admin.Queues;

/// <summary>The section <c>RabbitMq:Management</c> of the configuration.</summary>
internal sealed class ManagementOptions
{
    public const string Section = "RabbitMq:Management";

    /// <summary>
    /// Where the broker's management plugin answers, such as <c>http://127.0.0.1:9092</c>. Without it queues cannot be looked into, and
    /// everything else works. User and password are <see cref="User"/> and <see cref="Password"/>; else those in the URL; else those of the broker's
    /// connection string.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>A broker user with the tag <c>monitoring</c>; it needs no permission in any virtual host.</summary>
    public string? User { get; set; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string? Password { get; set; }
}
