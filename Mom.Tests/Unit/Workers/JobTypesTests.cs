using System.Reflection;
using System.Text.Json;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Workers;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Unit.Workers;

/// <summary>What a job type consists of: none of it is forgotten.</summary>
[Trait("Group", "unit")]
public sealed class JobTypesTests
{
    public static TheoryData<string> Names => [.. JobTypes.All.Select(type => type.Name)];

    [Fact]
    public void Every_record_of_an_operation_is_in_the_list()
    {
        var records = typeof(IJobStep).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IJobStep)));
        Assert.Equal(records.ToHashSet(), JobTypes.All.Select(type => type.Message).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_job_type_has_a_handler_a_queue_and_a_role(string name)
    {
        var type = JobTypes.Find(name)!;
        var handler = typeof(IMessageHandler<>).MakeGenericType(type.Message);
        Assert.Single(typeof(WorkerRoles).Assembly.GetTypes(), each => each.IsAssignableTo(handler));
        Assert.Equal(type.RetryDelays, MomTopology.Default.Queue(type.Queue).RetryDelays);
        Assert.Equal($"{name}.steps", type.Queue);
        Assert.Same(type, JobTypes.OfQueue(type.Queue));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_message_of_an_operation_says_which_one_it_is_also_as_a_dead_letter(string name)
    {
        var type = JobTypes.Find(name)!;
        Assert.All(type.Examples, example => Assert.Contains(example.Method, type.Methods));
        var id = Guid.NewGuid();
        var message = type.ToMessage(id, 2, type.Methods[0], type.Examples[0].Numbers, run: 3);
        Assert.IsType(type.Message, message);

        var body = JsonSerializer.SerializeToUtf8Bytes(message, type.Message, MomJsonContext.Default);
        var read = JobTypes.OfMessage(type.Message.GetCustomAttribute<MessageAttribute>()!.Name)!.Read(body)!;
        Assert.Equal((id, 2, 3), (read.JobId, read.Step, read.Run));
    }

    [Fact]
    public void A_job_of_a_type_that_only_a_newer_version_knows_waits() => Assert.Empty(JobEffects.Next(Row("poem"), DateTimeOffset.UnixEpoch));

    [Fact]
    public void A_text_is_no_number_outside_the_database()
    {
        var message = Assert.IsType<TextStep>(Assert.Single(JobEffects.Next(Row("text"), DateTimeOffset.UnixEpoch)));
        Assert.Equal("to be", message.Text);
        var detail = Row("text").ToContract().Details[0];
        Assert.Equal(("to be", 0), (detail.Text, detail.Numbers.Count));
        Assert.Equal((null, 1), (Row("math").ToContract().Details[0].Text, Row("math").ToContract().Details[0].Numbers.Count));
    }

    private static JobRow Row(string type) => new()
    {
        Type = type,
        Status = JobStatus.Queued,
        Steps = [new JobStepRow { Method = "words", Numbers = ["to be"] }],
    };
}
