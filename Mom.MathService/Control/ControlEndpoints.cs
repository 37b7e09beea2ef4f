using Microsoft.AspNetCore.Http.HttpResults;

namespace Mom.MathService.Control;

/// <summary><c>GET</c> and <c>PUT /settings</c>: makes the service slow or failing while it runs, to see what the others do then.</summary>
internal static class ControlEndpoints
{
    public const string Path = "/settings";

    public static void AddControl(this IServiceCollection services) => services.AddSingleton(provider =>
        ActivatorUtilities.CreateInstance<MathBehaviour>(provider, Random.Shared));

    /// <summary>In development only: it asks nobody who they are.</summary>
    public static void MapControl(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;

        app.MapGet(Path, (MathBehaviour behaviour) => TypedResults.Ok(behaviour.Settings));
        app.MapPut(Path, Set);
    }

    private static Results<Ok<MathSettings>, ValidationProblem> Set(MathSettings settings, MathBehaviour behaviour)
    {
        if (settings.Errors() is { Count: > 0 } errors)
            return TypedResults.ValidationProblem(errors);

        behaviour.Settings = settings;
        return TypedResults.Ok(settings);
    }
}
