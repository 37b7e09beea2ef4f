using System.Globalization;
using System.Text;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Text that Postgres stores: NUL and halves of surrogate pairs, which it does not, are written as <c>\u0000</c> to <c>\uFFFF</c>, and a backslash
/// as <c>\\</c>. Different texts stay different, and <see cref="Original"/> gives each of them back.
/// </summary>
internal static class StorableText
{
    public static string Of(string text)
    {
        var storable = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                storable.Append(character).Append(text[++index]);
            }
            else if (character == '\0' || char.IsSurrogate(character))
            {
                storable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                storable.Append(character == '\\' ? @"\\" : character.ToString());
            }
        }

        return storable.ToString();
    }

    public static string Original(string storable)
    {
        var text = new StringBuilder(storable.Length);
        for (var index = 0; index < storable.Length; index++)
        {
            var rest = storable.AsSpan(index);
            if (rest is ['\\', '\\', ..])
            {
                text.Append('\\');
                index++;
            }
            else if (rest is ['\\', 'u', _, _, _, _, ..] && ushort.TryParse(rest[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                index += 5;
            }
            else
            {
                text.Append(rest[0]);
            }
        }

        return text.ToString();
    }
}
