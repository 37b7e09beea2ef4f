using System.Collections.Frozen;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

/// <summary>
/// Passwords that are tried first: the well-known ones, and what can be guessed from the account itself (NIST SP 800-63B, section 3.1.1.2,
/// asks for both). Only a new password is held to this; a user who has one can log in.
/// </summary>
internal static class WeakPasswords
{
    // Below this a name, such as "Ann", may well be a part of something good.
    private const int ShortestPart = 4;

    private static readonly FrozenSet<string> WellKnown = Read();

    /// <summary>What is wrong with a password, or <see langword="null"/>.</summary>
    public static string? Find(string password, RegisterBody account)
    {
        if (password.EnumerateRunes().Distinct().Count() == 1)
        {
            return "A password of one repeated character is guessed at once.";
        }

        var text = password.Trim().ToUpperInvariant();
        if (WellKnown.Contains(text))
        {
            return "This password is among the best-known ones, and is tried first by others.";
        }

        return PartsOf(account).Any(part => Repeats(text, part)) ? "The password repeats the name or the e-mail address of the account." : null;
    }

    // What the password is made of, once or several times, forwards or backwards, with digits and signs at its ends.
    private static bool Repeats(string password, string part)
    {
        var core = TrimToLetters(password);
        var backwards = Reverse(part);
        return new[] { password, core }.Any(text => text.Length > 0
            && (text.Equals(part, StringComparison.Ordinal)
                || text.Equals(backwards, StringComparison.Ordinal)
                || (part.Length >= ShortestPart && (text.Replace(part, "", StringComparison.Ordinal).Length == 0 || text.Replace(backwards, "", StringComparison.Ordinal).Length == 0))));
    }

    private static IEnumerable<string> PartsOf(RegisterBody account)
    {
        var (first, last, email) = (Upper(account.FirstName), Upper(account.LastName), Upper(account.Email));
        var local = email.Split('@')[0];
        return new[] { email, local, TrimToLetters(local), first, last, first + last, last + first, $"{first} {last}", $"{first}.{last}", $"{first}_{last}", $"{first}-{last}" }
            .Where(part => part.Length > 1)
            .Distinct(StringComparer.Ordinal);
    }

    private static string Upper(string? text) => text?.Trim().ToUpperInvariant() ?? string.Empty;

    private static string TrimToLetters(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && !char.IsLetter(text[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetter(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static string Reverse(string text) => string.Concat(text.Reverse());

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(WeakPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of well-known passwords is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(password => password.ToUpperInvariant()).ToFrozenSet(StringComparer.Ordinal);
    }
}
