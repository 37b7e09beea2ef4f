using System.Globalization;
using System.Text;
using Mom.Api.Users.Unicode;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

/// <summary>
/// What a new password must be like: long enough (OWASP ASVS 5, 6.2.1), not among well-known ones, and no rules of composition (NIST SP 800-63B-4,
/// section 3.1.1.2). Only a new one is held to this; a user who has another one can log in.
/// </summary>
internal static class PasswordRules
{
    /// <summary>The longest password in UTF-16 code units: one character may be made of many.</summary>
    public const int LongestInCharacters = 512;

    private const int Shortest = 8;
    private const int Longest = 128;

    /// <summary>What is wrong with a password, or <see langword="null"/>.</summary>
    public static string? Find(string? password, RegisterBody account)
    {
        // As a person counts: a family of four emoji is one character.
        if (password is null or { Length: > LongestInCharacters } || new StringInfo(password).LengthInTextElements is < Shortest or > Longest)
        {
            return $"A password is {Shortest} to {Longest} characters.";
        }

        if (password.Any(char.IsControl))
        {
            return "A password has no control characters.";
        }

        return password.EnumerateRunes().All(IsInvisible) ? "A password has something else than blanks." : WeakPasswords.Find(NormalForm.C(password), account);
    }

    private static bool IsInvisible(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;
}
