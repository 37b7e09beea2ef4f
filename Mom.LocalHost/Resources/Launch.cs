using Mom.LocalHost.Health;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Resources;

/// <summary>One start of one replica.</summary>
/// <param name="Process">What to run.</param>
/// <param name="Port">The port that it will listen on.</param>
/// <param name="Url">Where people find it.</param>
/// <param name="Probe">Tells whether it can work.</param>
internal sealed record Launch(ProcessSpec Process, int Port, string Url, IHealthProbe Probe);
