using System.Runtime.CompilerServices;

namespace Mom.Messaging.Errors;

/// <summary>Options that cannot work are refused when the process starts, with the name of the option, its value and what is allowed.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public static void InRange<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string option = "")
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(option, $"{option} is {value}. Set it to {least} to {most}.");
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The time is zero, negative, or longer than a timer takes.</exception>
    public static void IsWait(TimeSpan value, TimeSpan? least = null, [CallerArgumentExpression(nameof(value))] string option = "") =>
        InRange(value, least ?? TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(uint.MaxValue - 1), option);
}
