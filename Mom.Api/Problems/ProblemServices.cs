using System.Diagnostics;

namespace Mom.Api.Problems;

/// <summary>Every error is a problem (RFC 9457) with the id of the trace that tells the rest.</summary>
internal static class ProblemServices
{
    public static void AddMomProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier);
        services.AddExceptionHandler<ExceptionToProblem>();
    }
}
