using Mom.Contracts;

namespace Mom.Api.Requests;

/// <summary>
/// The header <c>Idempotency-Key</c>. The key and its owner determine the id of what is made, so that however often a request is
/// sent, and by whichever replica it is received, it makes one thing.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 200;

    /// <summary>The id for what a request makes: a new one, or always the same for this owner and key.</summary>
    /// <returns>False when the key is not 1 to 200 visible ASCII characters.</returns>
    public static bool TryGetId(HttpRequest request, string owner, FieldErrors errors, out Guid id)
    {
        id = Guid.CreateVersion7();
        if (!request.Headers.ContainsKey(Header))
        {
            return true;
        }

        if (IdOf(request, owner) is not { } derived)
        {
            errors.Add(Header, $"A key is 1 to {MaxLength} visible ASCII characters.");
            return false;
        }

        id = derived;
        return true;
    }

    /// <summary>The id for what a request with a key makes; <see langword="null"/> without a key, and with one that is refused.</summary>
    public static Guid? IdOf(HttpRequest request, string owner) =>
        request.Headers.TryGetValue(Header, out var values) && values.ToString() is { Length: > 0 and <= MaxLength } key && !key.Any(character => character is < '!' or > '~')
            ? DerivedId.Of(owner, key)
            : null;
}
