using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Mom.Messaging.Errors;

namespace Mom.Api.Throttling;

/// <summary>
/// Which attempts are counted together. Of an account: all from places that it is not known to be used from, and those from each known place by
/// themselves, so that a stranger who guesses cannot keep its owner out. Of an address: all.
/// </summary>
internal sealed class Attempts(Throttle throttle, IOptions<ThrottleOptions> options)
{
    /// <summary>Begins a login, and counts it as failed until it is said to have succeeded.</summary>
    /// <exception cref="ThrottledException">It has to wait.</exception>
    public async Task<Attempt> BeginLoginAsync(string email, string address)
    {
        var account = AccountOf(email);
        var place = await throttle.IsKnownAsync(account, address) ? $"{account}:{address}" : account;
        var ofAccount = new ThrottleCount(Throttle.Key("login:account", place), options.Value.LoginsPerAccount);
        var ofAddress = new ThrottleCount(Throttle.Key("login:address", address), options.Value.LoginsPerAddress);
        await throttle.BeginAsync(ofAccount, ofAddress);
        return new Attempt(throttle, [ofAccount, ofAddress], async () =>
        {
            await throttle.ForgetAsync(ofAccount);
            await throttle.TakeBackAsync(ofAddress);
            await throttle.KnowAsync(account, address);
        });
    }

    /// <summary>Begins a registration.</summary>
    /// <exception cref="ThrottledException">It has to wait.</exception>
    public async Task<Attempt> BeginRegistrationAsync(string email, string address)
    {
        var ofAccount = new ThrottleCount(Throttle.Key("register:account", AccountOf(email)), options.Value.RegistrationsPerAccount);
        var ofAddress = new ThrottleCount(Throttle.Key("register:address", address), options.Value.RegistrationsPerAddress);
        await throttle.BeginAsync(ofAccount, ofAddress);
        return new Attempt(throttle, [ofAccount, ofAddress], () => throttle.ForgetAsync(ofAccount));
    }

    /// <summary>Begins a change of the password by somebody who is logged in, and may have found the session open.</summary>
    /// <exception cref="ThrottledException">It has to wait.</exception>
    public async Task<Attempt> BeginPasswordChangeAsync(Guid userId)
    {
        var ofAccount = new ThrottleCount(Throttle.Key("password:account", $"{userId:N}"), options.Value.LoginsPerAccount);
        await throttle.BeginAsync(ofAccount);
        return new Attempt(throttle, [ofAccount], () => throttle.ForgetAsync(ofAccount));
    }

    // A hash: who tried to log in is nobody's business who can read Redis.
    private static string AccountOf(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToUpperInvariant())).AsSpan(0, 16));
}

/// <summary>An attempt under way.</summary>
internal sealed class Attempt(Throttle throttle, ThrottleCount[] counts, Func<Task> succeeded)
{
    public Task SucceededAsync() => succeeded();

    /// <summary>Does the work of the attempt. When it fails for a reason of the server's, it was no attempt; a refusal is none of those.</summary>
    public async Task<T> OrTakeBackAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not RequestRefusedException)
        {
            await throttle.TakeBackAsync(counts);
            throw;
        }
    }
}
