using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders;

internal static class Effects
{
    // The same number twice, if each message had one effect.
    private const string Count = "select array[count(distinct number), count(*)] from effects";

    /// <summary>Makes sure that each message of the round has had its effect in the database once.</summary>
    /// <exception cref="MiscountException">One has had none, or more than one.</exception>
    public static async Task VerifyAsync(BenchDatabase database, Round round, CancellationToken cancellationToken)
    {
        var counts = await database.ScalarAsync<long[]>(Count, cancellationToken);
        if (counts[0] != round.Messages || counts[1] != round.Messages)
        {
            throw new MiscountException($"Of {round.Messages} messages {counts[0]} have had an effect; there are {counts[1]} effects.");
        }
    }
}
