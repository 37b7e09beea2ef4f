namespace Mom.Chaos.Faults;

/// <summary>One way to break the system.</summary>
/// <param name="Name">What <c>--faults</c> calls it.</param>
/// <param name="What">What happens, in a few words.</param>
/// <param name="BreakAsync">Breaks it. Whatever it stops, kills, freezes or scales is healed by the ground.</param>
internal sealed record Fault(string Name, string What, Func<Ground, Task> BreakAsync)
{
    /// <summary>Takes back what the ground does not know of. Also called when the breaking went wrong half-way.</summary>
    public Func<Ground, Task> UndoAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Whether it goes on for the time of the outage; otherwise it is over as soon as it has happened.</summary>
    public bool Lasts { get; init; } = true;

    /// <summary>What it needs that is not here; <see langword="null"/> when it can strike.</summary>
    public string? Needs { get; init; }

    /// <summary>How long it goes on, however short the outage is.</summary>
    public TimeSpan AtLeast { get; init; }

    /// <summary>Breaks it, lets it be broken, and returns when all is whole again, however it went.</summary>
    /// <exception cref="Exception">Breaking, undoing or healing failed; the later ones were tried all the same.</exception>
    public async Task StrikeAsync(Ground ground)
    {
        try
        {
            await BreakAsync(ground);
            if (Lasts)
            {
                await ground.WaitAsync(AtLeast);
            }
        }
        finally
        {
            try
            {
                await UndoAsync(ground);
            }
            finally
            {
                await ground.HealAsync();
            }
        }
    }
}
