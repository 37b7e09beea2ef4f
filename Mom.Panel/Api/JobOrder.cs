using Mom.Contracts.Jobs;

namespace Mom.Panel.Api;

/// <summary>The answer to an ordered job: it is accepted either way.</summary>
/// <param name="Job"><see langword="null"/> when the broker has the order but its reply is late: the job turns up by itself.</param>
public sealed record JobOrder(Job? Job);
