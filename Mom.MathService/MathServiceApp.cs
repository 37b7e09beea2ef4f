using Mom.MathService.Arithmetic;
using Mom.MathService.Control;
using Mom.MathService.Delay;
using Mom.MathService.Endpoints;
using Mom.MathService.Factors;

namespace Mom.MathService;

/// <summary>The math service as a whole. Stands in for a slow service that belongs to somebody else.</summary>
public static class MathServiceApp
{
    /// <summary>Puts the service together without starting it, so that a test can run the real thing on a port of its own.</summary>
    /// <param name="args">Configuration on the command line, such as <c>--urls http://127.0.0.1:0 --Math:Seed=7</c>.</param>
    /// <param name="configure">Replaces registrations, such as the clock; runs last.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = RequestLimits.RequestLineBytes);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddControl();
        builder.Services.AddAnswerDelay();
        builder.Services.AddBasicOperations();
        builder.Services.AddPrimeFactors();
        builder.Services.AddMathProblems();
        builder.Services.AddMathEndpoints();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseWebDefaults();
        // In development a request that cannot be read is an exception, and without this a 500.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static exception => exception is BadHttpRequestException unreadable ? unreadable.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        app.UseUtf8Bodies();
        app.MapDefaultEndpoints();
        app.MapControl();
        app.MapMathEndpoints();
        return app;
    }
}
