using System.Reflection;
using System.Text.Json;
using Mom.Contracts.Json;
using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>
/// A kind of job. API, db worker, topology, permissions and panel read from it whatever depends on the kind; <see cref="JobTypes"/> lists all.
/// </summary>
public sealed record JobType
{
    private readonly JobStepMaker _make;
    private readonly MessageAttribute _contract;

    private JobType(string name, Type message, JobStepMaker make)
    {
        (Name, Message, _make) = (name, message, make);
        _contract = message.GetCustomAttribute<MessageAttribute>() ?? throw new InvalidOperationException($"{message.Name} is no message: give it a [Message(\"{name}.step.v1\")].");
        Queue = _contract.Queue ?? throw new InvalidOperationException($"{message.Name} has no queue: name it in its [Message].");
    }

    /// <summary>The <c>type</c> of its jobs, and the role of the workers that do its operations.</summary>
    public string Name { get; }

    /// <summary>The record of its messages.</summary>
    public Type Message { get; }

    /// <summary>The wire name of its messages.</summary>
    public string MessageName => _contract.Name;

    /// <summary>The queue of its operations.</summary>
    public string Queue { get; }

    /// <summary>Every operation's name, as it stands in <c>method</c>.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>What an operation is given.</summary>
    public JobInput Input { get; init; }

    /// <summary>Operations for people to begin with.</summary>
    public IReadOnlyList<Operation> Examples { get; init; } = [];

    /// <summary>How many operations a worker process does at a time: few where they cost processor time, many where they wait for another service.</summary>
    public ushort AtOnce { get; init; } = 4;

    /// <summary>How long an operation that failed waits before each further attempt.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>A job type whose operations travel as <typeparamref name="TStep"/>.</summary>
    /// <param name="name">The <c>type</c> of its jobs, and the role of its workers.</param>
    /// <param name="methods">Every operation's name.</param>
    /// <param name="make">Makes the message of one operation.</param>
    /// <typeparam name="TStep">A message with a queue of its own.</typeparam>
    public static JobType Of<TStep>(string name, IReadOnlyList<string> methods, JobStepMaker make)
        where TStep : class, IJobStep =>
        new(name, typeof(TStep), make) { Methods = methods };

    /// <summary>The message of one operation.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="position">Position of the operation in its job, from 0.</param>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="inputs">What the operation is given.</param>
    /// <param name="run">Which run of the job, from 1.</param>
    public IJobStep ToMessage(Guid jobId, int position, string method, IReadOnlyList<string> inputs, int run) => _make(jobId, position, method, inputs, run);

    /// <summary>Reads the body of one of its messages.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public IJobStep? Read(ReadOnlySpan<byte> body) => (IJobStep?)JsonSerializer.Deserialize(body, Message, MomJsonContext.Default);
}

/// <summary>One operation of one job, on its way to a worker.</summary>
public interface IJobStep
{
    /// <summary>The job that it belongs to.</summary>
    Guid JobId { get; }

    /// <summary>Position of the operation in its job, from 0.</summary>
#pragma warning disable CA1716 // It is called so on the wire.
    int Step { get; }
#pragma warning restore CA1716

    /// <summary>Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</summary>
    int Run { get; }
}

/// <summary>What the operations of a job type are given.</summary>
public enum JobInput
{
    /// <summary>Numbers, exact at any size: <see cref="CreateJobDetail.Numbers"/>.</summary>
    Numbers,

    /// <summary>One text: <see cref="CreateJobDetail.Text"/>.</summary>
    Text,
}

/// <summary>Makes the message of one operation.</summary>
/// <param name="jobId">The job.</param>
/// <param name="position">Position of the operation in its job, from 0.</param>
/// <param name="method">One of the methods of the job type.</param>
/// <param name="inputs">What the operation is given.</param>
/// <param name="run">Which run of the job, from 1.</param>
public delegate IJobStep JobStepMaker(Guid jobId, int position, string method, IReadOnlyList<string> inputs, int run);
