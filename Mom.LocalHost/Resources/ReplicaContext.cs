using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Resources;

/// <summary>What every replica of a system shares.</summary>
internal sealed record ReplicaContext(
    StateDirectory State,
    ProcessRecords Records,
    BackoffOptions Backoff,
    TimeProvider Time,
    Changes Changes,
    Action<OutputLine>? Output);
