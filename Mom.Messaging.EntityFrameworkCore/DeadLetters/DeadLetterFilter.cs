using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>Which dead letters; everything that is given must hold.</summary>
/// <param name="State">Default: those that wait for a decision.</param>
/// <param name="Queue">The work queue's name.</param>
/// <param name="Type">The message's wire name.</param>
/// <param name="Exception">Part of the exception's type or message, without regard to case.</param>
/// <param name="Text">Part of the body, the reason or the message id, without regard to case.</param>
/// <param name="From">Died last at this time or later.</param>
/// <param name="To">Died last before this time.</param>
/// <param name="Reason">The reason, such as <c>AttemptsExhausted</c>.</param>
/// <param name="ExceptionType">The exception's whole type; an empty text for those without an exception.</param>
public sealed record DeadLetterFilter(
    DeadLetterState? State = null,
    string? Queue = null,
    string? Type = null,
    string? Exception = null,
    string? Text = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Reason = null,
    string? ExceptionType = null)
{
    /// <summary>As an operation keeps it.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, DeadLetterFilterJson.Default.DeadLetterFilter);

    internal static DeadLetterFilter FromJson(string json) => JsonSerializer.Deserialize(json, DeadLetterFilterJson.Default.DeadLetterFilter)!;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeadLetterFilter))]
internal sealed partial class DeadLetterFilterJson : JsonSerializerContext;
