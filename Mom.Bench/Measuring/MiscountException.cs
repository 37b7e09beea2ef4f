namespace Mom.Bench.Measuring;

/// <summary>Messages of a round are missing or came more than once.</summary>
internal sealed class MiscountException(string message) : Exception(message);
