using Mom.Bench.Contenders.Wolverine.Messages;

namespace Mom.Bench.Contenders.Wolverine;

/// <summary>Public, as are its messages: Wolverine compiles code that calls it.</summary>
public sealed class QuestionHandler
{
    public static Answer Handle(Question request) => new(request.Number, Sizes.Text);
}
