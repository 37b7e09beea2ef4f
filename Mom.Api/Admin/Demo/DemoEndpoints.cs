using Microsoft.Extensions.Options;
using Mom.Api.Requests;
using Mom.Contracts.Operations;
using Mom.Messaging.Publishing;

namespace Mom.Api.Admin.Demo;

/// <summary>Makes a system misbehave on purpose, where <see cref="DemoOptions.Enabled"/> allows it: elsewhere these routes answer 404.</summary>
internal static class DemoEndpoints
{
    private const int MaxText = 200;
    private const int MaxCount = 100;
    private const double MaxSeconds = 3_600;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section);
        services.AddHttpClient<DemoMathClient>(http => http.Timeout = Patience);
    }

    public static void MapDemo(this RouteGroupBuilder admin)
    {
        var demo = admin.MapGroup("/demo").WithTags("Admin: demo");
        demo.MapGet("", StatusAsync).WithSummary("Whether this system can be made to misbehave, and how the math service behaves").Produces<DemoStatus>();
        demo.MapPut("/math", SetMathAsync).WithSummary("Make the math service slow or failing, until its next restart").OnlyWhereEnabled().Produces<DemoMath>();
        demo.MapPost("/poison", PoisonAsync).WithSummary("Send messages that fail, to see what becomes of them").OnlyWhereEnabled().Produces<AcceptedCommand>(StatusCodes.Status202Accepted);
    }

    private static RouteHandlerBuilder OnlyWhereEnabled(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled
            ? next(context)
            : ValueTask.FromResult<object?>(Results.Problem("This system is not to be made to misbehave (Demo:Enabled).", statusCode: StatusCodes.Status404NotFound)));

    private static async Task<DemoStatus> StatusAsync(IOptions<DemoOptions> options, DemoMathClient math, CancellationToken cancellationToken) =>
        options.Value.Enabled ? new DemoStatus(Enabled: true, await math.GetAsync(cancellationToken)) : new DemoStatus(Enabled: false);

    private static async Task<IResult> SetMathAsync(DemoMath body, DemoMathClient math, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(body.MinimumSeconds is >= 0 and <= MaxSeconds, "minimumSeconds", $"Seconds are 0 to {MaxSeconds:N0}.");
        errors.Require(body.MaximumSeconds is >= 0 and <= MaxSeconds && body.MaximumSeconds >= body.MinimumSeconds, "maximumSeconds", $"Seconds are up to {MaxSeconds:N0}, and no fewer than the least.");
        errors.Require(body.FailureRate is >= 0 and <= 1, "failureRate", "A share is 0 to 1.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await math.SetAsync(body, cancellationToken) is { } now
            ? Results.Ok(now)
            : Results.Problem("The math service does not answer, or cannot be set.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> PoisonAsync(PoisonBody body, IMessagePublisher publisher, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(!string.IsNullOrWhiteSpace(body.Text) && body.Text.Length <= MaxText, "text", $"A text of 1 to {MaxText} characters is needed.");
        errors.Require(body.Count is >= 1 and <= MaxCount, "count", $"Messages are 1 to {MaxCount}.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var message = new Poison(body.Text!, Retried: body.Retried, CuredByReplay: body.CuredByReplay);
        for (var number = 1; number < body.Count; number++)
        {
            await publisher.PublishAsync(message, cancellationToken: cancellationToken);
        }

        return await publisher.AcceptAsync(message, "/admin/dead-letters?type=demo.poison.v1", cancellationToken);
    }
}
