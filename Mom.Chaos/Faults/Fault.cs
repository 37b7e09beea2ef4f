namespace Mom.Chaos.Faults;

/// <summary>One way to break the system.</summary>
/// <param name="Name">What <c>--faults</c> calls it.</param>
/// <param name="What">What happens, in a few words.</param>
/// <param name="StrikeAsync">Breaks it, lets it be broken, and returns when all is whole again.</param>
internal sealed record Fault(string Name, string What, Func<Ground, Task> StrikeAsync);
