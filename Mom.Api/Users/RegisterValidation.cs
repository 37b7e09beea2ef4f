using System.Net.Mail;
using Mom.Api.Requests;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

/// <summary>What a registration must be like.</summary>
internal static class RegisterValidation
{
    private const int MaxName = 100;
    private const int MaxEmail = 254;

    public static void Check(RegisterBody body, FieldErrors errors)
    {
        errors.Require(IsName(body.FirstName), "firstName", $"A first name is 1 to {MaxName} characters.");
        errors.Require(IsName(body.LastName), "lastName", $"A last name is 1 to {MaxName} characters.");
        errors.Require(IsEmail(body.Email), "email", "An e-mail address looks like name@example.org.");
        if (PasswordRules.Find(body.Password, body) is { } flaw)
        {
            errors.Add("password", flaw);
        }
    }

    private static bool IsName(string? name) => name?.Trim() is { Length: > 0 and <= MaxName };

    private static bool IsEmail(string? email) =>
        email?.Trim() is { Length: > 2 and <= MaxEmail } trimmed
        && !trimmed.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && MailAddress.TryCreate(trimmed, out var address)
        && string.Equals(address.Address, trimmed, StringComparison.Ordinal);
}
