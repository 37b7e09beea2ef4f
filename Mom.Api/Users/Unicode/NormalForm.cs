using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Mom.Api.Users.Unicode;

/// <summary>
/// Normal form C (https://www.unicode.org/reports/tr15/). .NET has it from ICU, which these services do without: where globalization is invariant,
/// <see cref="string.Normalize()"/> returns what is not ASCII as it is.
/// </summary>
internal static class NormalForm
{
    // Hangul syllables follow from a rule (The Unicode Standard, section 3.12).
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28, SCount = LCount * VCount * TCount;

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    public static bool IsC(string text) => string.Equals(text, C(text), StringComparison.Ordinal);

    /// <param name="text">Without lone surrogates.</param>
    public static string C(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var characters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, characters);
        }

        Order(characters);
        var composed = new StringBuilder(text.Length);
        foreach (var character in Compose(characters))
        {
            composed.Append(new Rune(character).ToString());
        }

        return composed.ToString();
    }

    private static void Decompose(int character, List<int> into)
    {
        if (character is >= SBase and < SBase + SCount)
        {
            var syllable = character - SBase;
            into.Add(LBase + (syllable / (VCount * TCount)));
            into.Add(VBase + (syllable % (VCount * TCount) / TCount));
            if (syllable % TCount > 0)
            {
                into.Add(TBase + (syllable % TCount));
            }
        }
        else if (Data.Value.Decompositions.TryGetValue(character, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, into);
            }
        }
        else
        {
            into.Add(character);
        }
    }

    // Runs of combining marks by their class, those of one class as they were.
    private static void Order(List<int> characters)
    {
        for (var start = 0; start < characters.Count; start++)
        {
            var end = start;
            while (end < characters.Count && ClassOf(characters[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = characters.GetRange(start, end - start).OrderBy(ClassOf).ToList();
                for (var i = 0; i < sorted.Count; i++)
                {
                    characters[start + i] = sorted[i];
                }
            }

            start = Math.Max(start, end);
        }
    }

    private static List<int> Compose(List<int> characters)
    {
        var result = new List<int>(characters.Count);
        var starter = -1;
        var lastClass = -1;
        foreach (var character in characters)
        {
            var ofClass = ClassOf(character);
            // Blocked by what stands between them, unless that is of a lower class.
            if (starter >= 0 && lastClass < ofClass && Pair(result[starter], character) is { } whole)
            {
                result[starter] = whole;
                continue;
            }

            result.Add(character);
            if (ofClass == 0)
            {
                (starter, lastClass) = (result.Count - 1, -1);
            }
            else
            {
                lastClass = ofClass;
            }
        }

        return result;
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= LBase and < LBase + LCount && second is >= VBase and < VBase + VCount)
        {
            return SBase + ((((first - LBase) * VCount) + second - VBase) * TCount);
        }

        if (first is >= SBase and < SBase + SCount && (first - SBase) % TCount == 0 && second is > TBase and < TBase + TCount)
        {
            return first + second - TBase;
        }

        return Data.Value.Compositions.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int ClassOf(int character) => Data.Value.Classes.GetValueOrDefault(character);

    private sealed record Tables(FrozenDictionary<int, int[]> Decompositions, FrozenDictionary<(int First, int Second), int> Compositions, FrozenDictionary<int, int> Classes)
    {
        public static Tables Read()
        {
            using var stream = typeof(NormalForm).Assembly.GetManifestResourceStream("normal-forms.txt")
                ?? throw new InvalidOperationException("The table of normal forms is not in the assembly.");
            using var reader = new StreamReader(stream);
            var (decompositions, compositions, classes) = (new Dictionary<int, int[]>(), new Dictionary<(int, int), int>(), new Dictionary<int, int>());
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith('#'))
                {
                    continue;
                }

                var numbers = line[2..].Split(' ').Select(number => int.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
                switch (line[0])
                {
                    case 'C':
                        foreach (var character in Enumerable.Range(numbers[0], numbers[1] - numbers[0] + 1))
                        {
                            classes[character] = numbers[2];
                        }

                        break;
                    default:
                        decompositions[numbers[0]] = numbers[1..];
                        if (line[0] == 'D')
                        {
                            compositions[(numbers[1], numbers[2])] = numbers[0];
                        }

                        break;
                }
            }

            return new Tables(decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary(), classes.ToFrozenDictionary());
        }
    }
}
