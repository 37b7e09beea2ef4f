namespace Mom.Messaging.Testing;

/// <summary>An expectation was not met; the message says what happened in its place.</summary>
public sealed class ExpectationException : Exception
{
    /// <param name="message">What was expected, and what happened.</param>
    public ExpectationException(string message)
        : base(message)
    {
    }
}
