namespace Mom.Chaos.Bookkeeping;

/// <summary>One line of the ledger, in the words of the broker's own fault tests (https://github.com/rabbitmq/jepsen).</summary>
/// <param name="Attempted">What clients asked for.</param>
/// <param name="Acknowledged">What they were promised.</param>
/// <param name="Ok">Promised, and there exactly once and right.</param>
/// <param name="Lost">Promised, and not there or not done.</param>
/// <param name="Duplicated">Effects that happened twice.</param>
/// <param name="Recovered">Not promised (no answer came, or a 503), and there all the same, once and right.</param>
/// <param name="Unexpected">There, and wrong: never asked for, somebody else's, or with a wrong result.</param>
public sealed record Count(int Attempted, int Acknowledged, int Ok, int Lost, int Duplicated, int Recovered, int Unexpected)
{
    public bool Passes => Lost == 0 && Duplicated == 0 && Unexpected == 0;
}
