using Aspire.Hosting.ApplicationModel;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests.Running;

/// <summary>Every command that the AppHost gives its resources, given for real.</summary>
[Trait("Group", "aspire")]
public sealed class CommandTests(MomStack stack)
{
    private static readonly (string Resource, string Command, (string, string)[] Arguments)[] All =
    [
        ("math-service", "behaviour", []),
        ("math-service", "set-behaviour", [("minimumDelay", "0"), ("maximumDelay", "0"), ("failureRate", "0")]),
        ("api", "sample-jobs", [("count", "3")]),
        ("api", "ledger", []),
        ("api", "dead-letters", []),
        // Of one queue: other tests leave thousands, which would all be tried again.
        ("api", "replay-dead-letters", [("queue", "db.queries"), ("perSecond", "1000")]),
        ("db-worker", "pause", [("queue", "db.queries")]),
        ("db-worker", "drain", [("queue", "db.queries")]),
        ("db-worker", "resume", [("queue", "db.queries")]),
        ("math-worker", "pause", [("queue", "math.steps")]),
        ("math-worker", "drain", [("queue", "math.steps")]),
        ("math-worker", "resume", [("queue", "math.steps")]),
        ("rabbitmq", "break", [("seconds", "1")]),
        ("rabbitmq", "environment", []),
        ("momdb", "environment", []),
        ("redis", "environment", []),
        ("api", "environment", []),
    ];

    // On a build server there is no browser to open.
    private static readonly string[] NotTried = ["open"];

    [Fact]
    public async Task Every_command_does_what_it_says()
    {
        var system = await stack.SystemAsync();
        foreach (var (resource, command, arguments) in All)
        {
            try
            {
                var result = await system.CommandAsync(resource, command, arguments);
                Assert.True(result.Success, $"{resource} {command}: {result.Message}");
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException($"{resource} {command} should end.", exception);
            }
        }
    }

    [Fact]
    public async Task No_command_is_left_out()
    {
        var system = await stack.SystemAsync();
        string[] lifecycle = [KnownResourceCommands.StartCommand, KnownResourceCommands.StopCommand, KnownResourceCommands.RestartCommand, "rebuild", "environment"];
        var commands = from resource in system.Resources
                       where resource is not ParameterResource
                       from command in resource.Annotations.OfType<ResourceCommandAnnotation>()
                       where !lifecycle.Contains(command.Name, StringComparer.Ordinal) && !NotTried.Contains(command.Name, StringComparer.Ordinal)
                       select $"{resource.Name} {command.Name}";

        Assert.Empty(commands.Except(All.Select(one => $"{one.Resource} {one.Command}"), StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_environment_of_a_service_can_be_sourced_by_a_shell()
    {
        var system = await stack.SystemAsync();
        var result = await system.CommandAsync("api", "environment");

        Assert.Contains($"export ConnectionStrings__rabbitmq='amqp://api:{RunSettings.PasswordOf("rabbitmq-api")}@127.0.0.1:", result.Data?.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("momdb", result.Data?.Value, StringComparison.Ordinal);
    }
}
