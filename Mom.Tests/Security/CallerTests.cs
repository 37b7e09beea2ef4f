using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Mom.Contracts.Callers;

namespace Mom.Tests.Security;

/// <summary>The assertion of a caller counts for one message, for a week, and when the API has signed it.</summary>
[Trait("Group", "security")]
public sealed class CallerTests : IDisposable
{
    private const string Type = "job.reconcile-all.v1";

    private static readonly Caller Admin = new(Guid.NewGuid(), "ann@example.org", "admin");
    private static readonly string PrivateKey = P256KeyPair.New();

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
    private readonly Guid _message = Guid.NewGuid();
    private readonly CallerSigner _signer;
    private readonly CallerVerifier _verifier;

    public CallerTests() => (_signer, _verifier) = (new CallerSigner(PrivateKey, _time), new CallerVerifier(P256KeyPair.PublicOf(PrivateKey), _time));

    public void Dispose()
    {
        _signer.Dispose();
        _verifier.Dispose();
    }

    [Fact]
    public void What_the_API_has_signed_is_believed_for_its_message()
    {
        Assert.Null(_verifier.WhatIsWrong(_signer.Sign(Admin, _message, Type), _message, Type, out var caller));
        Assert.Equal(Admin, caller);
    }

    [Fact]
    public void It_counts_for_no_other_message_and_no_other_type()
    {
        var assertion = _signer.Sign(Admin, _message, Type);

        Assert.Contains("another message", Wrong(assertion, Guid.NewGuid()), StringComparison.Ordinal);
        Assert.Contains("another message", Wrong(assertion, _message, "user.list.v1"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_counts_for_a_week()
    {
        var assertion = _signer.Sign(Admin, _message, Type);
        _time.Advance(TimeSpan.FromDays(7));
        Assert.Null(_verifier.WhatIsWrong(assertion, _message, Type, out _));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("within the last week", Wrong(assertion, _message), StringComparison.Ordinal);
    }

    [Fact]
    public void One_from_the_future_does_not_count()
    {
        using var ahead = new CallerSigner(PrivateKey, new FakeTimeProvider(_time.GetUtcNow().AddMinutes(6)));
        Assert.Contains("within the last week", Wrong(ahead.Sign(Admin, _message, Type), _message), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_other_claims_another_algorithm_and_garbage_are_not_believed()
    {
        using var other = new CallerSigner(P256KeyPair.New(), _time);
        var good = _signer.Sign(Admin, _message, Type);
        var parts = good.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        string[] bad =
        [
            other.Sign(Admin, _message, Type),
            // With the signature of the first.
            $"{parts[0]}.{Encode(payload.Replace("ann@", "eve@", StringComparison.Ordinal))}.{parts[2]}",
            $"{Encode("""{"alg":"none","typ":"mom-caller+jws"}""")}.{parts[1]}.",
            $"{Encode("""{"alg":"HS256","typ":"mom-caller+jws"}""")}.{parts[1]}.{Hmac($"{Encode("""{"alg":"HS256","typ":"mom-caller+jws"}""")}.{parts[1]}")}",
            $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", $"{good}.x", $"{good}%", "", ".", "..", "...", new string('.', 1_000), "é.é.é",
            // Signed by the key, but for somebody else, or no object at all.
            Signed(payload.Replace("mom-db-worker", "another", StringComparison.Ordinal)), Signed("[]"), Signed("null"), Signed("{"), Signed("{}"),
        ];

        Assert.All(bad, assertion => Assert.True(_verifier.WhatIsWrong(assertion, _message, Type, out var caller) is not null && caller is null, $"'{assertion}' should not be believed."));
    }

    [Fact]
    public void Without_an_assertion_or_without_a_key_nobody_is_believed()
    {
        Assert.Equal("it names no caller", Wrong(null, _message));
        using var without = new CallerVerifier(publicKey: null, _time);
        Assert.Contains("Caller:PublicKey is not set", without.WhatIsWrong(_signer.Sign(Admin, _message, Type), _message, Type, out _), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64")]
    [InlineData("AAAA")]
    public void A_key_that_is_none_is_told_as_such(string key) =>
        Assert.Contains("Caller:PrivateKey is no key of the curve P-256", Assert.Throws<InvalidOperationException>(() => new CallerSigner(key, _time)).Message, StringComparison.Ordinal);

    private string? Wrong(string? assertion, Guid message, string type = Type) => _verifier.WhatIsWrong(assertion, message, type, out _);

    private static string Signed(string payload)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(PrivateKey), out _);
        var signed = $"{Encode("""{"alg":"ES256","typ":"mom-caller+jws"}""")}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    // As where the public key is taken for a shared secret.
    private static string Hmac(string signed) => Base64Url.EncodeToString(HMACSHA256.HashData(Convert.FromBase64String(P256KeyPair.PublicOf(PrivateKey)), Encoding.ASCII.GetBytes(signed)));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
