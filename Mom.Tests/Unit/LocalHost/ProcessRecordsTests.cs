using Mom.LocalHost.State;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class ProcessRecordsTests : IDisposable
{
    private readonly StateDirectory _state = new(Directory.CreateTempSubdirectory("mom-records").FullName);

    [Fact]
    public void A_living_process_is_remembered_until_it_is_removed()
    {
        var records = new ProcessRecords(_state);
        records.Add("api.1", Environment.ProcessId);
        Assert.Equal(["api.1"], records.Living().Select(record => record.Unit));

        records.Remove("api.1");
        Assert.Empty(records.Living());
    }

    [Fact]
    public void A_pid_that_belongs_to_somebody_else_by_now_does_not_count()
    {
        var records = new ProcessRecords(_state);
        records.Add("api.1", Environment.ProcessId);
        var file = Directory.EnumerateFiles(_state.Root, "api.1.json", SearchOption.AllDirectories).Single();
        var started = records.Living().Single().Started;

        File.WriteAllText(file, File.ReadAllText(file).Replace(started, "1", StringComparison.Ordinal));

        Assert.Empty(records.Living());
    }

    [Fact]
    public void A_record_that_was_half_written_does_not_count()
    {
        var records = new ProcessRecords(_state);
        records.Add("api.1", Environment.ProcessId);
        File.WriteAllText(Directory.EnumerateFiles(_state.Root, "api.1.json", SearchOption.AllDirectories).Single(), "{ \"unit\": ");
        Assert.Empty(records.Living());
    }

    public void Dispose() => Directory.Delete(_state.Root, recursive: true);
}
