using Microsoft.AspNetCore.Http.HttpResults;
using Mom.MathService.Arithmetic;
using Mom.MathService.Control;
using Mom.MathService.Delay;

namespace Mom.MathService.Endpoints;

/// <summary><c>GET /add/1,2,3</c> and its siblings, one route for each <see cref="Operation"/>.</summary>
internal static class MathEndpoints
{
    public static void AddMathEndpoints(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, MathJson.Default));

    public static void MapMathEndpoints(this IEndpointRouteBuilder routes)
    {
        foreach (var operation in routes.ServiceProvider.GetServices<Operation>())
        {
            // The numbers are optional in the route, so that leaving them out is answered with what is missing.
            routes.MapGet($"/{operation.Name}/{{numbers?}}", (string? numbers, AnswerDelay delay, MathBehaviour behaviour, CancellationToken aborted) =>
                AnswerAsync(operation, numbers, delay, behaviour, aborted));
        }
    }

    private static async Task<Results<Ok<MathAnswer>, ProblemHttpResult>> AnswerAsync(
        Operation operation, string? text, AnswerDelay delay, MathBehaviour behaviour, CancellationToken aborted)
    {
        try
        {
            var numbers = NumberList.Parse(text);
            await delay.WaitAsync(aborted);
            if (behaviour.FailsNow())
                return TypedResults.Problem("It was told to fail now and then: see /settings.", title: "Failure on purpose", statusCode: StatusCodes.Status500InternalServerError);

            var result = await operation.Calculate(numbers, aborted);
            return TypedResults.Ok(new MathAnswer(operation.Name, [.. numbers.Select(number => number.ToString())], result));
        }
        catch (CalculationException trouble)
        {
            return TypedResults.Problem(trouble.Message, title: trouble.Problem, statusCode: trouble.Status);
        }
    }
}
