using Mom.MathService.Arithmetic;

namespace Mom.MathService.Factors;

internal static class FactorsRegistration
{
    public static void AddPrimeFactors(this IServiceCollection services)
    {
        services.AddOptions<FactorsOptions>().BindConfiguration(FactorsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FactorsOperation>();
        services.AddSingleton(provider =>
            new Operation(FactorsOperation.Name, provider.GetRequiredService<FactorsOperation>().CalculateAsync));
    }
}
