using Mom.Messaging.EntityFrameworkCore.Outages;
using Npgsql;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class PostgresFailureTests
{
    private const int Always = int.MaxValue;

    [Theory]
    [InlineData("25006", Always)] // read_only_sql_transaction: a standby
    [InlineData("53100", Always)] // disk_full
    [InlineData("53300", Always)] // too_many_connections
    [InlineData("42501", Always)] // insufficient_privilege
    [InlineData("28P01", Always)] // invalid_password
    [InlineData("3D000", Always)] // invalid_catalog_name: the database is gone
    [InlineData("57P01", Always)] // admin_shutdown
    [InlineData("57P03", Always)] // cannot_connect_now
    [InlineData("53200", 20)] // out_of_memory: perhaps for this very statement
    [InlineData("53400", 20)] // configuration_limit_exceeded: temp_file_limit
    [InlineData("58030", 20)] // io_error
    [InlineData("57P02", 0)] // crash_shutdown: perhaps by this very statement
    [InlineData("08006", 0)] // connection_failure
    [InlineData("XX001", 0)] // data_corrupted
    public void What_the_server_says_of_itself_may_be_an_outage(string state, int unchargedRetries) =>
        Assert.Equal(new PostgresFailure(MayBeOutage: true, unchargedRetries), PostgresFailure.Of(Failure(state)));

    [Theory]
    [InlineData("55P03", Always)] // lock_not_available
    [InlineData("40P01", Always)] // deadlock_detected
    [InlineData("40001", Always)] // serialization_failure
    [InlineData("25P03", Always)] // idle_in_transaction_session_timeout
    [InlineData("57014", 20)] // query_canceled: statement_timeout
    public void What_others_cause_is_no_outage_and_costs_no_attempt(string state, int unchargedRetries) =>
        Assert.Equal(new PostgresFailure(MayBeOutage: false, unchargedRetries), PostgresFailure.Of(Failure(state)));

    [Theory]
    [InlineData("23505")] // unique_violation
    [InlineData("22021")] // character_not_in_repertoire
    [InlineData("42P01")] // undefined_table
    [InlineData("P0001")] // raise_exception
    public void What_is_the_messages_own_costs_an_attempt(string state) => Assert.Equal(default, PostgresFailure.Of(Failure(state)));

    [Fact]
    public void A_broken_connection_may_be_an_outage_and_a_mistake_of_ours_is_none()
    {
        Assert.Equal(new PostgresFailure(MayBeOutage: true, UnchargedRetries: 0), PostgresFailure.Of(new NpgsqlException("text", new IOException())));
        Assert.Equal(default, PostgresFailure.Of(new InvalidOperationException("text")));
        Assert.Equal(default, PostgresFailure.Of(null));
    }

    // As it comes from EF Core.
    private static InvalidOperationException Failure(string state) => new("EF", new PostgresException("text", "ERROR", "ERROR", state));
}
