using Mom.Workers.Database;
using Npgsql;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class DatabaseOutageTests
{
    [Theory]
    [InlineData("57P01", true)] // admin_shutdown
    [InlineData("57P03", true)] // cannot_connect_now
    [InlineData("40001", false)] // serialization_failure
    [InlineData("40P01", false)] // deadlock_detected
    [InlineData("23505", false)] // unique_violation
    public void Only_what_the_server_says_of_itself_looks_like_an_outage(string state, bool expected) =>
        Assert.Equal(expected, DatabaseOutage.LooksLikeOutage(new InvalidOperationException("EF", new PostgresException("text", "FATAL", "FATAL", state))));

    [Fact]
    public void A_broken_connection_looks_like_an_outage_and_a_mistake_of_ours_does_not()
    {
        Assert.True(DatabaseOutage.LooksLikeOutage(new NpgsqlException("text", new IOException())));
        Assert.False(DatabaseOutage.LooksLikeOutage(new InvalidOperationException("text")));
    }
}
