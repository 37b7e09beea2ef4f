using System.Text;
using System.Text.Json.Nodes;

namespace Mom.Tests.Security;

/// <summary>What nobody in good faith sends: random, and mutated from what is valid.</summary>
internal static class Garbage
{
    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "1e400", "99999999999999999999999999", "NaN", "null", "true", "[]", "{}", "\0", "a\0b", "\r\nX-Injected: yes\r\n\r\n", "%00", "%0d%0aX-Injected:%20yes", "%ED%A0%80", "%FF%FE",
        "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff", "\u0130", "\ud800", "\udfff\ud800", "e\u0301", "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67", "../../etc/passwd", "..%2f..%2f", "'; drop table users; --", "' or '1'='1", "%' or 1=1 --", "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "00000000-0000-0000-0000-000000000000", "\\", "\"", "$.a[0]", "__proto__", "xn--", "a@b", "::1",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-0", "1e400", "-1e400", "1e-400", "123456789012345678901234567890", "0.1e1", "01", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u2028\"", "[]", "[[]]", "[null]", "{}", "{\"a\":1,\"a\":2}", "\"\\x\"", "NaN", "Infinity",
    ];

    public static string Text(Random random) => random.Next(5) switch
    {
        0 => new string((char)random.Next(1, 0x2100), random.Next(1, 3_000)),
        1 => new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(0, 0x10000))]),
        2 => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)],
        _ => Texts[random.Next(Texts.Length)],
    };

    public static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A body that was valid before: nested too deep, cut off, with other values, doubled names, or other bytes.</summary>
    public static byte[] Mutate(byte[] valid, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                return Bytes(random, 2_000);
            case 1:
                return valid[..random.Next(valid.Length + 1)];
            case 2:
                var deep = random.Next(1, 3_000);
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "[" : "{\"a\":", deep)));
            case 3:
                var flipped = valid.ToArray();
                for (var i = random.Next(1, 8); i > 0 && flipped.Length > 0; i--)
                {
                    flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
                }

                return flipped;
            default:
                return OtherValue(valid, random);
        }
    }

    // One value somewhere in it becomes another, as text, for it may be no JSON any more.
    private static byte[] OtherValue(byte[] valid, Random random)
    {
        const string mark = "mark-of-the-mutation";
        if (JsonNode.Parse(valid) is not { } root)
        {
            return valid;
        }

        var places = Places(root).ToList();
        if (places.Count == 0)
        {
            return valid;
        }

        places[random.Next(places.Count)](JsonValue.Create(mark));
        var value = random.Next(3) switch
        {
            0 => Values[random.Next(Values.Length)],
            1 => JsonValue.Create(Text(random))!.ToJsonString(),
            _ => $"[{string.Join(',', Enumerable.Repeat("1", random.Next(2_000)))}]",
        };
        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace($"\"{mark}\"", value, StringComparison.Ordinal));
    }

    private static IEnumerable<Action<JsonNode?>> Places(JsonNode? node) => node switch
    {
        JsonObject entries => entries.ToList().SelectMany(entry => Places(entry.Value).Prepend(value => entries[entry.Key] = value)),
        JsonArray items => Enumerable.Range(0, items.Count).ToList().SelectMany(index => Places(items[index]).Prepend(value => items[index] = value)),
        _ => [],
    };
}
