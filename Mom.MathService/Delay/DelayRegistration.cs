using Mom.MathService.Control;

namespace Mom.MathService.Delay;

internal static class DelayRegistration
{
    public static void AddAnswerDelay(this IServiceCollection services)
    {
        services.AddOptions<DelayOptions>().BindConfiguration(DelayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var seed = provider.GetRequiredService<IConfiguration>().GetValue<int?>(DelayOptions.SeedSetting);
            return new AnswerDelay(
                provider.GetRequiredService<MathBehaviour>(),
                seed is { } value ? new Random(value) : Random.Shared,
                provider.GetRequiredService<TimeProvider>());
        });
    }
}
