namespace Mom.Messaging.Errors;

/// <summary>A queue or exchange exists already with other arguments than the topology's, and the broker cannot change them.</summary>
/// <param name="brokerSays">The broker's own words, which name the queue and the argument.</param>
/// <param name="innerException">Where it came from.</param>
public sealed class TopologyMismatchException(string brokerSays, Exception? innerException = null)
    : MessagingException($"{brokerSays}. Drain and delete that queue (or move its messages), then start again: it is declared anew.", innerException);
