using System.Collections;
using System.Globalization;
using System.Text.Json;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Headers of a dead letter as a JSON object of texts that people can read, and beside them, under <see cref="Exact"/>, the sender's own as the
/// bytes that a replay sends: types, binary values and nested tables included.
/// </summary>
internal static class DeadLetterHeaders
{
    private const string Exact = "$exact";

    public static string Write(IReadOnlyDictionary<string, object?> headers)
    {
        var texts = headers.ToDictionary(header => KeyOf(header.Key), header => StorableText.Of(TextOf(header.Value)), StringComparer.Ordinal);
        if (MessageHeaders.OfTheSender(headers) is { Count: > 0 } sent)
        {
            texts[Exact] = Convert.ToBase64String(MessageHeaders.Pack(sent));
        }

        return JsonSerializer.Serialize(texts);
    }

    /// <summary>To be shown.</summary>
    public static Dictionary<string, string> Texts(string json)
    {
        var texts = Read(json);
        texts.Remove(Exact);
        return texts;
    }

    /// <summary>To be sent once more.</summary>
    public static IReadOnlyDictionary<string, object?> Sent(string json) =>
        Read(json).GetValueOrDefault(Exact) is { } packed && MessageHeaders.Unpack(Convert.FromBase64String(packed)) is { } headers
            ? headers
            : new Dictionary<string, object?>(StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    private static string KeyOf(string key) => string.Equals(key, Exact, StringComparison.Ordinal) ? "\\u0024exact" : StorableText.Of(key);

    private static string TextOf(object? value) => value switch
    {
        null => string.Empty,
        byte[] bytes => $"base64:{Convert.ToBase64String(bytes)}",
        IDictionary table => $"(a table of {table.Count})",
        ICollection list => $"(a list of {list.Count})",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
