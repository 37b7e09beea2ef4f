using System.Collections.Concurrent;
using Mom.Contracts.Jobs;
using Mom.Contracts.Users;
using Mom.Messaging.Rpc;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Docs;

/// <summary>Follows <c>docs/add-a-job-type.md</c> exactly.</summary>
[Trait("Group", "system")]
public sealed class AddAJobTypeTests(MomStack stack)
{
    private static readonly RpcOptions Patient = RpcOptions.Command with { Timeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task The_code_of_the_page_builds_and_its_worker_does_a_job()
    {
        var system = await stack.SystemAsync();
        await using var broker = await VirtualHost.CreateAsync(system);
        await using var database = await TestDatabase.CreateAsync(system);
        var copy = await TutorialCopy.BuildAsync("add-a-job-type.md");
        var log = new ConcurrentQueue<string?>();
        using var worker = copy.StartWorker(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Workers__Roles"] = "db,statistics",
            ["ConnectionStrings__rabbitmq"] = broker.Uri.ToString(),
            ["ConnectionStrings__momdb"] = database.ConnectionString,
            // Keys of its own: the administrators of the shared system must not see this worker.
            ["ConnectionStrings__redis"] = $"{system.Connections.Redis},defaultDatabase=7",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        });
        worker.OutputDataReceived += (_, line) => log.Enqueue(line.Data);
        worker.BeginOutputReadLine();
        try
        {
            await using var caller = await EngineHost.StartAsync(broker);
            var user = await caller.Rpc().RequestAsync(new CreateUser(Guid.CreateVersion7(), "Ada", "Lovelace", "ada@example.org", "hash"), Patient);

            var done = await DoneAsync(caller, user.Id, "3", "1", "2.5", "10");
            Assert.Equal((JobStatus.Succeeded, "2.75"), (done.Status, done.Details[0].Result));
            var failed = await DoneAsync(caller, user.Id, new string('9', 50));
            Assert.Equal((JobStatus.Failed, "A number is too large for statistics."), (failed.Status, failed.Details[0].Error));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The worker of the page should do its jobs. It wrote:\n{string.Join('\n', log)}", exception);
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync();
        }
    }

    private static async Task<Job> DoneAsync(EngineHost caller, Guid user, params string[] numbers)
    {
        var job = await caller.Rpc().RequestAsync(new CreateJob(Guid.CreateVersion7(), user, "statistics", [new Operation("median", numbers)]), Patient);
        await Eventually.TrueAsync(
            async () => (job = await caller.Rpc().RequestAsync(new GetJob(job.Id, user), RpcOptions.Query)).Done,
            () => $"the job should be done, and is {job.Status}");
        return job;
    }
}
