using System.ComponentModel.DataAnnotations;

namespace Mom.MathService.Delay;

/// <summary>Configuration section <c>Math:Delay</c>: how long an answer takes, evenly spread between two bounds of 0 to 1 hour.</summary>
public sealed class DelayOptions : IValidatableObject
{
    public const string Section = "Math:Delay";

    /// <summary>Setting that makes the sequence of delays repeat from one start to the next; any 32-bit integer, none by default.</summary>
    public const string SeedSetting = "Math:Seed";

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Minimum { get; set; } = TimeSpan.Zero;

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Maximum { get; set; } = TimeSpan.FromSeconds(10);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Minimum > Maximum)
            yield return new($"{Section}:{nameof(Minimum)} ({Minimum}) is longer than {Section}:{nameof(Maximum)} ({Maximum}).");
    }
}
