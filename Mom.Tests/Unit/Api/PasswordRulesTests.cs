using Mom.Api.Users;
using Mom.Contracts.Users;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class PasswordRulesTests
{
    private static readonly RegisterBody Account = new("Ann", "Lee", "ann.lee@example.org");

    public static TheoryData<string> Refused =>
    [
        null!,
        "",
        "short",
        "password",
        "        ",
        "  \t \u00a0  \u2003 \u200b",
        "\0\0\0\0\0\0\0\0",
        "battery\u0007staple",
        "ann.lee@example.org",
        // Of two code units each, and so eight by a careless count.
        "\U0001F600\U0001F680\U0001F40E\U0001F34E",
        "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600",
        new string('a', 64) + new string('b', 65),
        "correct horse" + new string('\u0301', 500),
    ];

    public static TheoryData<string> Taken =>
    [
        "correct horse",
        "\U0001F600\U0001F680\U0001F40E\U0001F34E\U0001F3E0\U0001F511\U0001F512\U0001F30D",
        "na\u00efve caf\u00e9",
        "\u0437\u0430\u043f\u043e\u0440\u043d\u0430 \u0442\u0430\u0458\u043d\u0430",
        new string('a', 64) + new string('b', 64),
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_password_that_is_guessed_or_not_typed_twice_is_refused(string? password) => Assert.NotNull(PasswordRules.Find(password, Account));

    [Theory]
    [MemberData(nameof(Taken))]
    public void Anything_else_is_taken(string password) => Assert.Null(PasswordRules.Find(password, Account));
}
