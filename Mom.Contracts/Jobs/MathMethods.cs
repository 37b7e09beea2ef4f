namespace Mom.Contracts.Jobs;

/// <summary>The operations of a job of type <c>math</c>.</summary>
public static class MathMethods
{
    /// <summary>The <c>type</c> of a job with these operations.</summary>
    public const string JobType = "math";

    /// <summary>Every operation's name, as it stands in <c>method</c>.</summary>
    public static IReadOnlyList<string> All { get; } = ["add", "subtract", "multiply", "divide", "factors"];
}
