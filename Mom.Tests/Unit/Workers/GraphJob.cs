using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Unit.Workers;

/// <summary>A job whose operations form a graph, and its workers: an operation is known by its id.</summary>
internal sealed class GraphJob(params JobStepRow[] steps)
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public JobRow Row { get; } = new()
    {
        Id = Guid.CreateVersion7(),
        Type = "math",
        Status = JobStatus.Queued,
        Steps = [.. steps.Select((step, position) => new JobStepRow { Position = position, Method = step.Method, Numbers = step.Numbers, Name = step.Name, After = step.After, Condition = step.Condition, Compensates = step.Compensates })],
    };

    public static JobStepRow Step(string name, string[]? after = null, string[]? numbers = null, string? when = null, string method = "add") =>
        new() { Name = name, Method = method, Numbers = numbers ?? ["1"], After = after ?? [], Condition = when };

    /// <summary>What undoes an operation; its id is <c>un-</c> and the id of that.</summary>
    public static JobStepRow Undo(string compensated) =>
        new() { Name = $"un-{compensated}", Method = "subtract", Numbers = [$"${compensated}", "1"], After = [], Compensates = compensated };

    /// <summary>Sends what is to be sent now.</summary>
    /// <returns>Which operations.</returns>
    public IReadOnlyList<string> Send() => [.. JobEffects.Next(Row, Now).Select(message => Row.Steps[((MathStep)message).Step].Name!)];

    public bool Succeed(string name, string result = "1") => JobTransitions.Succeed(Row, Row.Run, Of(name).Position, result, attempts: 1, Now);

    public bool Fail(string name) => JobTransitions.Fail(Row, Row.Run, Of(name).Position, "zero divisor", attempts: 1, Now);

    public JobStepRow Of(string name) => Row.Steps.Single(step => step.Name == name);
}
