namespace Mom.Hosting.Restarts;

/// <summary>The end of a run that nobody had asked for.</summary>
/// <param name="Delay">The wait before the next run; null: given up.</param>
/// <param name="Try">The number of the next run, counted from 1; of the last one where it was given up.</param>
/// <param name="Ticket">To be shown when the wait is over: a command that came between has made it void.</param>
internal sealed record RunEnd(TimeSpan? Delay, int Try, int Ticket);
