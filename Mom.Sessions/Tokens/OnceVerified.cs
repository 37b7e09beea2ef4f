using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mom.Sessions.Tokens;

/// <summary>
/// Verifies the signature of each token once, and not at each request: on the curve P-256 that takes 0.1 ms of processor time, more than all else
/// that the check of a token costs. The same text with the same keys, which a process reads at its start, has the same signature for ever; that it
/// has not expired is looked at each time, and so is its session (see <see cref="SessionCheck"/>), without which a token is worth nothing.
/// </summary>
internal sealed class OnceVerified : JsonWebTokenHandler
{
    // About 4 KiB each. Tokens live for minutes.
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<string, TokenValidationResult> _good = new(StringComparer.Ordinal);

    /// <summary>How many tokens are remembered.</summary>
    internal int Count => _good.Count;

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_good.TryGetValue(token, out var known))
        {
            if (IsTimely(known.SecurityToken))
                return Copy(known);

            _good.TryRemove(token, out _);
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            if (_good.Count >= Most)
                Forget();
            // A copy: its owner changes the identity.
            _good[token] = Copy(result);
        }

        return result;
    }

    private static bool IsTimely(SecurityToken token) => DateTime.UtcNow is var now && token.ValidFrom <= now && now < token.ValidTo;

    private static TokenValidationResult Copy(TokenValidationResult result) => new()
    {
        IsValid = true,
        SecurityToken = result.SecurityToken,
        ClaimsIdentity = result.ClaimsIdentity.Clone(),
        Issuer = result.Issuer,
        TokenType = result.TokenType,
    };

    private void Forget()
    {
        foreach (var (token, result) in _good)
        {
            if (!IsTimely(result.SecurityToken))
                _good.TryRemove(token, out _);
        }

        if (_good.Count >= Most)
            _good.Clear();
    }
}
