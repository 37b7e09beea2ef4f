using Mom.Api.Users;
using Mom.Contracts.Users;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class WeakPasswordTests
{
    private static readonly RegisterBody Account = new("Ann-Marie", "Lovelace", "ann.lee77@example.org");

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData(" password ")]
    [InlineData("        ")]
    [InlineData("zzzzzzzzzzzz")]
    public void A_well_known_password_is_refused(string password) => Assert.NotNull(WeakPasswords.Find(password, Account));

    [Theory]
    [InlineData("ann.lee77@example.org")]
    [InlineData("ANN.LEE77@EXAMPLE.ORG")]
    [InlineData("ann.lee77")]
    [InlineData("ann.lee1990")]
    [InlineData("77eel.nna")]
    [InlineData("lovelace")]
    [InlineData("ecalevol")]
    [InlineData("Lovelace2024!")]
    [InlineData("12lovelace34")]
    [InlineData("lovelacelovelace")]
    [InlineData("ann-marie")]
    [InlineData("ann-marielovelace")]
    [InlineData("Ann-Marie Lovelace")]
    [InlineData("lovelaceann-marie1")]
    public void A_password_that_repeats_the_account_is_refused(string password) => Assert.NotNull(WeakPasswords.Find(password, Account));

    [Theory]
    [InlineData("correct horse")]
    [InlineData("analytical-engine")]
    [InlineData("lovelace met babbage")]
    [InlineData("passwordless house")]
    public void Anything_else_is_taken(string password) => Assert.Null(WeakPasswords.Find(password, Account));

    [Fact]
    public void A_short_name_is_no_reason_to_refuse_what_contains_it() =>
        Assert.Null(WeakPasswords.Find("annapurna base", new RegisterBody("A", "Na", "an@example.org")));
}
