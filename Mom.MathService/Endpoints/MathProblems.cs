using System.Diagnostics;
using System.Text.Json;
using Mom.MathService.Arithmetic;

namespace Mom.MathService.Endpoints;

/// <summary>Problem details (RFC 9457) for every error, those of routing included, each with the trace id to look it up by.</summary>
internal static class MathProblems
{
    public static void AddMathProblems(this IServiceCollection services) =>
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
        if (context.Exception is BadHttpRequestException unreadable)
            problem.Detail ??= unreadable.InnerException is JsonException json ? json.Message : unreadable.Message;
        // Every operation has its route, so a path without one asks for an operation that does not exist.
        if (problem.Status == StatusCodes.Status404NotFound)
            problem.Detail ??= $"There is no such operation. Ask with GET /{{operation}}/{{numbers}}, where the operation is one of {Names(context)}.";
    }

    private static string Names(ProblemDetailsContext context) =>
        string.Join(", ", context.HttpContext.RequestServices.GetServices<Operation>().Select(operation => operation.Name));
}
