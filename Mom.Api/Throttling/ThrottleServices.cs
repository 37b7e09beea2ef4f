using Microsoft.Extensions.Options;

namespace Mom.Api.Throttling;

internal static class ThrottleServices
{
    public static void AddThrottle(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ThrottleOptions>, ThrottleOptionsValidator>();
        services.AddOptions<ThrottleOptions>().BindConfiguration(ThrottleOptions.Section).ValidateOnStart();
        services.AddSingleton<Throttle>();
        services.AddSingleton<Attempts>();
    }
}
