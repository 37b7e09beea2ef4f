using System.ComponentModel.DataAnnotations;

namespace Mom.MathService.Factors;

/// <summary>Configuration section <c>Math:Factors</c>.</summary>
public sealed class FactorsOptions
{
    public const string Section = "Math:Factors";

    /// <summary>
    /// How long one request may calculate, from one millisecond to ten minutes. Five seconds find prime factors of up to
    /// about 14 digits beside one of any size.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(5);
}
