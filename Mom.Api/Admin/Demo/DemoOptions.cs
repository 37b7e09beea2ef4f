namespace Mom.Api.Admin.Demo;

/// <summary>The section <c>Demo</c> of the configuration. The AppHost sets it where it runs the system, never where it publishes it.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Whether administrators can make the system misbehave, to show what it does then. Default no.</summary>
    public bool Enabled { get; set; }

    /// <summary>Where the math service answers, such as <c>http://127.0.0.1:7090</c>. The API calls it for nothing else.</summary>
    public Uri? MathService { get; set; }
}
