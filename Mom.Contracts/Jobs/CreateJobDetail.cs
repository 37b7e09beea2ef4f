using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Jobs;

/// <summary>One operation in the body of <c>POST /job</c>.</summary>
/// <param name="Method">See <see cref="MathMethods"/>.</param>
/// <param name="Numbers">A comma list (<c>"1,2,3"</c>) or an array of numbers or strings; digits are kept exactly as they were written.</param>
public sealed record CreateJobDetail(
    string? Method = null,
    [property: JsonConverter(typeof(NumberListConverter))] IReadOnlyList<string>? Numbers = null);
