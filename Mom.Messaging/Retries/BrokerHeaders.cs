namespace Mom.Messaging.Retries;

/// <summary>Headers that the broker wrote about one stay in one queue (<c>x-death</c>, <c>x-delivery-count</c>).</summary>
internal static class BrokerHeaders
{
    /// <summary>A copy without them: they would grow with each hop, and make the broker see cycles where there are none.</summary>
    public static Dictionary<string, object?> Without(IReadOnlyDictionary<string, object?> headers) => headers
        .Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal))
        .ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);
}
