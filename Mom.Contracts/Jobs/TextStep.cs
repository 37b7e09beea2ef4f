using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>Work for the text worker: one operation of one job.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
[Message("text.step.v1", Queue = MomQueues.TextSteps, Priority = MessagePriority.Background)]
public sealed record TextStep(Guid JobId, int Step, string Method, string Text, int Run = 1) : IJobStep
{
    /// <summary>Jobs that the worker does itself. They cost processor time: few at a time.</summary>
    public static JobType JobType { get; } = JobType.Of<TextStep>(
        "text", ["words", "longest", "frequency", "reverse", "hash"], (job, position, method, inputs, run) => new TextStep(job, position, method, inputs.Count > 0 ? inputs[0] : string.Empty, run)) with
    {
        Input = JobInput.Text,
        Examples =
        [
            new("words", ["The quick brown fox jumps over the lazy dog."]),
            new("frequency", ["to be or not to be"]),
            new("hash", ["mom"]),
        ],
    };
}
