using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.Contracts.Json;

/// <summary>
/// Reads a list of numbers from a comma list (<c>"1,2,3"</c>) or from an array of numbers or strings, and writes an array of
/// strings. JSON numbers are taken as the text that they were written in, so that no digit is lost in a <see cref="double"/>.
/// </summary>
public sealed class NumberListConverter : JsonConverter<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => Split(reader.GetString()!),
            JsonTokenType.StartArray => ReadArray(ref reader),
            _ => throw new JsonException("Numbers are a comma list such as \"1,2,3\" or an array such as [1, 2, 3]."),
        };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var number in value)
        {
            writer.WriteStringValue(number);
        }

        writer.WriteEndArray();
    }

    private static string[] Split(string list) =>
        list.Length == 0 ? [] : list.Split(',', StringSplitOptions.TrimEntries);

    private static List<string> ReadArray(ref Utf8JsonReader reader)
    {
        var numbers = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!.Trim(),
                JsonTokenType.Number => Raw(ref reader),
                _ => throw new JsonException("A number is written as 1, 1.5 or \"1.5\"."),
            });
        }

        return numbers;
    }

    private static string Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence
            ? Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence))
            : Encoding.UTF8.GetString(reader.ValueSpan);
}
