using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Mom.Api.Users;
using Mom.Contracts.Users;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class PasswordsTests : IDisposable
{
    private const int Iterations = 2_000;
    private const string Composed = "caf\u00e9 \u1e69 \ud55c\uae00";
    private const string Decomposed = "cafe\u0301 s\u0307\u0323 \u1112\u1161\u11ab\u1100\u1173\u11af";

    private readonly HashQueue _queue = new(processors: 2, waiting: 4);
    private readonly CountingHasher _hasher = new(Iterations);
    private readonly Passwords _passwords;

    public PasswordsTests() => _passwords = new Passwords(_hasher, _queue, Options.Create(new HashingOptions { Iterations = Iterations }));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Without_a_setting_it_is_what_OWASP_recommends() => Assert.Equal(210_000, new HashingOptions().Iterations);

    [Fact]
    public async Task An_unknown_user_costs_as_much_work_as_a_wrong_password()
    {
        var hash = await HashAsync("correct horse");
        // Made at the first use.
        await VerifyAsync(null, "wrong horse");

        foreach (var password in new[] { "wrong horse", "wr\u00f6ng", "wro\u0308ng", new string('x', 100_000) })
        {
            var known = await WorkAsync(hash, password);
            Assert.Equal(known, await WorkAsync(null, password));
            Assert.Equal(PasswordVerdict.Wrong, await VerifyAsync(hash, password));
        }
    }

    [Fact]
    public async Task The_same_password_in_another_Unicode_form_is_the_same()
    {
        Assert.Equal(PasswordVerdict.Right, await VerifyAsync(await HashAsync(Composed), Decomposed));
        Assert.Equal(PasswordVerdict.Right, await VerifyAsync(await HashAsync(Decomposed), Composed));
        Assert.Equal(PasswordVerdict.Wrong, await VerifyAsync(await HashAsync(Composed), "cafe \u1e69"));
    }

    [Fact]
    public async Task A_hash_of_what_was_typed_in_another_form_is_right_but_outdated() =>
        Assert.Equal(PasswordVerdict.RightButOutdated, await VerifyAsync(_hasher.HashPassword(null!, Decomposed), Decomposed));

    [Fact]
    public async Task A_hash_with_fewer_iterations_is_right_but_outdated()
    {
        var hash = new CountingHasher(Iterations / 2).HashPassword(null!, "correct horse");
        Assert.Equal(PasswordVerdict.RightButOutdated, await VerifyAsync(hash, "correct horse"));
        Assert.Equal(PasswordVerdict.Wrong, await VerifyAsync(hash, "wrong horse"));
    }

    private Task<string> HashAsync(string password) => _passwords.HashAsync(password, "10.0.0.1", TestContext.Current.CancellationToken);

    private Task<PasswordVerdict> VerifyAsync(string? hash, string password) => _passwords.VerifyAsync(hash, password, "10.0.0.1", TestContext.Current.CancellationToken);

    private async Task<int> WorkAsync(string? hash, string password)
    {
        var before = _hasher.Count;
        await VerifyAsync(hash, password);
        return _hasher.Count - before;
    }

    private sealed class CountingHasher(int iterations) : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));

        public int Count { get; private set; }

        public string HashPassword(User user, string password)
        {
            Count++;
            return _hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Count++;
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
