using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.Api.Requests;

/// <summary>
/// The texts that this system takes: Unicode without NUL, which Postgres does not store, and without lone surrogates, which are no
/// character and cannot be written as UTF-8.
/// </summary>
internal static class PlainText
{
    public const string Rule = "A text has no NUL character and no lone surrogate.";

    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) ? 2 : 1)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !Rune.TryGetRuneAt(text, i, out _)))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Refuses every text of a body that is not <see cref="PlainText"/>, wherever in it.</summary>
internal sealed class PlainTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A text is needed here.");
        return PlainText.IsPlain(text) ? text : throw new JsonException(PlainText.Rule);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
