using System.Text;
using Mom.Contracts.Users;
using Mom.Panel.Session;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class PanelSessionTests
{
    private readonly PanelSession _session = PanelSession.From(new Session(
        Guid.NewGuid(), "Ada", "Lovelace", "ada@example.org", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1_000, 1_360, Token));

    private static string Token => string.Join('.', Part("""{"alg":"HS256"}"""), Part("""{"sid":"s-1","role":"admin"}"""), Part("signature"));

    [Fact]
    public void What_goes_into_the_cookie_comes_out_again() => Assert.Equal(_session, PanelSession.From(_session.ToPrincipal()));

    [Fact]
    public void The_role_and_the_session_come_from_the_token() => Assert.Equal(("s-1", "admin"), (_session.Id, _session.Role));

    [Fact]
    public void Its_text_does_not_give_the_token_away() =>
        Assert.DoesNotContain(_session.AccessToken, $"{_session}", StringComparison.Ordinal);

    private static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}
