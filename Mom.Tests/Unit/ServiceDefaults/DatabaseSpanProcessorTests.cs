using System.Diagnostics;
using Mom.ServiceDefaults.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class DatabaseSpanProcessorTests
{
    [Theory]
    [InlineData("insert into inbox (message_id) values (@p0) on conflict do nothing", "INSERT inbox")]
    [InlineData("SELECT EXISTS (\n    SELECT 1\n    FROM jobs AS j\n    WHERE j.id = @id)", "SELECT jobs")]
    [InlineData("SELECT j1.id FROM (\n SELECT j.id FROM jobs AS j LIMIT 2) AS j1\nLEFT JOIN job_steps AS j0 ON j1.id = j0.job_id", "SELECT jobs job_steps")]
    [InlineData("INSERT INTO jobs (id)\nVALUES (@p0);\nINSERT INTO job_steps (a)\nVALUES (@p1);\nINSERT INTO job_steps (a)\nVALUES (@p2);", "INSERT jobs INSERT job_steps")]
    [InlineData("with due as (select id from outbox for update skip locked) update outbox set attempts = 1 from due", "SELECT outbox UPDATE outbox due")]
    [InlineData("insert into \"users\" (id) values (1) on conflict (id) do update set email = @p", "INSERT users")]
    [InlineData("delete from public.outbox where id = any(@ids)", "DELETE public.outbox")]
    [InlineData("select pg_advisory_xact_lock(1)", "SELECT")]
    [InlineData("SAVEPOINT \"__EFSavePoint\";", "SAVEPOINT")]
    public void A_statement_is_named_by_what_it_does(string query, string expected)
    {
        var span = Process("Npgsql", query);

        Assert.Equal(expected, span.DisplayName);
        Assert.Equal(expected, span.GetTagItem("db.query.summary"));
        Assert.Equal("postgresql", span.GetTagItem("db.system"));
    }

    [Fact]
    public void A_long_batch_has_a_name_of_255_characters_at_most() =>
        Assert.Equal(255, Process("Npgsql", string.Join(";", Enumerable.Range(0, 100).Select(number => $"delete from table{number}"))).DisplayName.Length);

    [Theory]
    [InlineData("Npgsql", "")]
    [InlineData("Some.Library", "select 1")]
    public void What_is_no_statement_of_Postgres_keeps_its_name(string source, string query) =>
        Assert.Equal("postgresql", Process(source, query).DisplayName);

    private static Activity Process(string name, string query)
    {
        using var source = new ActivitySource(name);
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(name).AddProcessor(new DatabaseSpanProcessor()).Build();
        using var span = source.StartActivity("postgresql")!;
        span.SetTag("db.system.name", "postgresql");
        span.SetTag("db.query.text", query);
        span.Stop();
        return span;
    }
}
