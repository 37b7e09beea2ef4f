namespace Mom.Workers.Math;

/// <summary>What the handler of math steps needs: the math service, and to be told of cancelled runs.</summary>
internal static class MathServiceExtensions
{
    public static void AddMathService(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient<MathServiceClient>(client => client.BaseAddress = new Uri("https+http://math-service"))
            .AddMathResilience();
        builder.Services.AddSingleton<CancelledRuns>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CancelledRuns>());
    }
}
