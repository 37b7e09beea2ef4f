using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Mom.Panel.Session;

namespace Mom.Tests.Unit.Panel;

/// <summary>Two windows of one session are two circuits that began with the same token.</summary>
[Trait("Group", "unit")]
public sealed class SharedSessionsTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    private readonly CurrentSession _first;
    private readonly CurrentSession _second;
    private readonly CurrentSession _other;
    private int _renewals;

    public SharedSessionsTests()
    {
        var shared = new SharedSessions(TimeProvider.System);
        _first = new CurrentSession(new Cookie(Token("s-1", 0)), shared);
        _second = new CurrentSession(new Cookie(Token("s-1", 0)), shared);
        _other = new CurrentSession(new Cookie(Token("s-2", 0)), shared);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Windows_that_renew_at_once_renew_once_and_have_the_same_token()
    {
        await Task.WhenAll(_first.GetAsync().AsTask(), _second.GetAsync().AsTask());

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(PanelSession Session, bool Renewed)>[] renewing = [RenewAsync(_first, asked.Task), RenewAsync(_second, asked.Task)];
        asked.SetResult();
        var results = await Task.WhenAll(renewing);

        Assert.Equal(1, _renewals);
        Assert.All(results, result => Assert.Equal("s-1 token 1", result.Session.AccessToken));
        Assert.Equal("s-1 token 1", (await _first.GetAsync())!.AccessToken);
        Assert.Equal("s-1 token 1", (await _second.GetAsync())!.AccessToken);
        Assert.Equal("s-2 token 0", (await _other.GetAsync())!.AccessToken);
    }

    [Fact]
    public async Task A_window_that_did_not_renew_uses_the_token_that_another_has_got_and_so_does_one_with_an_old_cookie()
    {
        await _second.GetAsync();
        await RenewAsync(_first);
        await RenewAsync(_first);

        Assert.Equal("s-1 token 2", (await _second.GetAsync())!.AccessToken);
        await RenewAsync(_second);
        Assert.Equal(("s-1 token 3", 3), ((await _first.GetAsync())!.AccessToken, _renewals));
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_all_as_they_are()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _first.RenewAsync(() => throw new TimeoutException(), TestContext.Current.CancellationToken));
        Assert.Equal("s-1 token 0", (await _first.GetAsync())!.AccessToken);
        Assert.Equal("s-1 token 1", (await RenewAsync(_second)).Session.AccessToken);
    }

    [Fact]
    public async Task The_end_in_one_window_is_the_end_in_all_of_the_session()
    {
        var ended = 0;
        _second.Ended += (_, _) => ended++;
        foreach (var session in new[] { _first, _second, _other })
        {
            await session.GetAsync();
        }

        _first.End();
        _first.End();
        Assert.Equal((true, true, false, 1), (_first.HasEnded, _second.HasEnded, _other.HasEnded, ended));
    }

    private Task<(PanelSession Session, bool Renewed)> RenewAsync(CurrentSession session, Task? answered = null) => session.RenewAsync(
        async () =>
        {
            var number = Interlocked.Increment(ref _renewals);
            await (answered ?? Task.CompletedTask);
            return Token("s-1", number);
        },
        TestContext.Current.CancellationToken);

    private static PanelSession Token(string session, int number) => new(
        session, Guid.Empty, "Ann", "Lee", "ann@example.org", "user", At(number), At(number + 2), $"{session} token {number}");

    private static DateTimeOffset At(int minutes) => DateTimeOffset.FromUnixTimeSeconds(Start.AddMinutes(minutes).ToUnixTimeSeconds());

    private sealed class Cookie(PanelSession session) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(session.ToPrincipal())));
    }
}
