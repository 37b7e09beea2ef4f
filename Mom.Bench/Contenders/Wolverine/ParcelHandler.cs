using Mom.Bench.Contenders.Wolverine.Messages;
using Mom.Bench.Measuring;

namespace Mom.Bench.Contenders.Wolverine;

/// <summary>Public, as are its messages: Wolverine compiles code that calls it.</summary>
public sealed class ParcelHandler
{
    public static void Handle(Parcel message, Round round)
    {
        round.Begin();
        round.Count(message.Number);
    }
}
