namespace Mom.LocalHost.State;

/// <summary>A process that was started, kept on disk for the next host should this one be killed.</summary>
/// <param name="Unit">Resource and replica, such as <c>api.1</c>.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="Started">When the kernel says it started: a pid that was given to somebody else since has another.</param>
internal sealed record ProcessRecord(string Unit, int Pid, string Started);
