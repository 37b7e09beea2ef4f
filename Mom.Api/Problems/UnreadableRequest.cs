using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Problems;

/// <summary>Finds the field that ASP.NET Core could not read in a request.</summary>
internal static partial class UnreadableRequest
{
    public static ProblemDetails Describe(BadHttpRequestException exception) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => new() { Status = exception.StatusCode, Detail = $"The body is larger than {JobLimits.BodyBytes:N0} bytes." },
        { InnerException: JsonException { Path: { } path } json } => Field(Name(path), FirstSentence(json.Message)),
        _ when Parameter().Match(exception.Message) is { Success: true } parameter => Field(CamelCase(parameter.Groups["name"].Value), $"'{parameter.Groups["value"].Value}' cannot be read."),
        _ => new() { Status = exception.StatusCode, Detail = exception.Message },
    };

    private static HttpValidationProblemDetails Field(string name, string message) =>
        new(new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [message] }) { Status = StatusCodes.Status400BadRequest, Detail = FieldErrors.Detail };

    // "$.details[0].method"; "$" is the body itself.
    private static string Name(string path) => path.TrimStart('$').TrimStart('.') is { Length: > 0 } name ? name : "body";

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    // The rest of the message repeats the path and positions.
    private static string FirstSentence(string message) => message.Split(" Path: ")[0];

    // Failed to bind parameter "int PageSize" from "many".
    [GeneratedRegex("^Failed to bind parameter \"(.* )?(?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
