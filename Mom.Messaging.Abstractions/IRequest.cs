namespace Mom.Messaging;

/// <summary>A message whose sender waits for an answer of type <typeparamref name="TReply"/> (RPC over the broker).</summary>
/// <typeparam name="TReply">The answer's contract.</typeparam>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "Ties a request to its reply at compile time.")]
public interface IRequest<TReply>
    where TReply : class;
