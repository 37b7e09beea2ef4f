namespace Mom.Contracts.Jobs;

/// <summary>Every kind of job. One more is a line here, with a record and a handler: see <c>docs/add-a-job-type.md</c>.</summary>
public static class JobTypes
{
    /// <summary>All of them; the first is the one that people see first.</summary>
    public static IReadOnlyList<JobType> All { get; } =
    [
        MathStep.JobType,
        TextStep.JobType,
    ];

    /// <summary>Their names, as a sentence lists them.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(type => type.Name));

    /// <summary>The job type of this name; <see langword="null"/> when this version knows none.</summary>
    public static JobType? Find(string? name) => All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.Ordinal));

    /// <summary>The job type whose operations travel under this wire name; <see langword="null"/> for every other message.</summary>
    public static JobType? OfMessage(string? name) => All.FirstOrDefault(type => string.Equals(type.MessageName, name, StringComparison.Ordinal));

    /// <summary>The job type whose operations are on this queue; <see langword="null"/> for every other queue.</summary>
    public static JobType? OfQueue(string? name) => All.FirstOrDefault(type => string.Equals(type.Queue, name, StringComparison.Ordinal));
}
