using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

internal static class PasswordServices
{
    public static void AddPasswords(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HashingOptions>, HashingOptionsValidator>();
        services.AddOptions<HashingOptions>().BindConfiguration(HashingOptions.Section).ValidateOnStart();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<HashingOptions>>((hasher, passwords) => hasher.IterationCount = passwords.Value.Iterations);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton(provider => new HashQueue(Environment.ProcessorCount, provider.GetRequiredService<IOptions<HashingOptions>>().Value.Waiting));
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordRehashes>();
        services.AddHostedService(provider => provider.GetRequiredService<PasswordRehashes>());
    }
}
