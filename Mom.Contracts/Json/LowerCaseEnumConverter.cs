using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.Contracts.Json;

/// <summary>Writes an enum as its name in lower case, and refuses numbers.</summary>
public sealed class LowerCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(LowerCase.Policy, allowIntegerValues: false)
    where TEnum : struct, Enum;

file sealed class LowerCase : JsonNamingPolicy
{
    public static readonly LowerCase Policy = new();

    // A state's name on the wire is lower case by contract.
#pragma warning disable CA1308
    public override string ConvertName(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}
