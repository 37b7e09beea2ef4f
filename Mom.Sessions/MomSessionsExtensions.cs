using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Mom.Contracts.Users;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Sessions;

/// <summary>Registers sessions, and authentication by their tokens.</summary>
public static class MomSessionsExtensions
{
    /// <summary>The policy that lets administrators pass.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>
    /// Adds <see cref="ISessionLookup"/>, bearer authentication that checks the session of each token, and authorization; with
    /// <paramref name="issuesTokens"/> also <see cref="ISessionStore"/> and <see cref="AccessTokens"/>. An <c>IConnectionMultiplexer</c> must be registered. The start fails
    /// when <see cref="JwtOptions"/> or <see cref="SessionOptions"/> are not usable.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="tokenInQueryUnder">Where a token may also come as <c>access_token</c> in the query; by default nowhere.</param>
    /// <param name="issuesTokens">Whether the service has the key that signs.</param>
    public static void AddMomSessions(this IHostApplicationBuilder builder, PathString? tokenInQueryUnder = null, bool issuesTokens = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new TokenUse(issuesTokens, tokenInQueryUnder));
        services.AddSingleton<IValidateOptions<JwtOptions>, JwtOptionsValidator>();
        services.AddOptions<JwtOptions>().BindConfiguration(JwtOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SessionOptions>, SessionOptionsValidator>();
        services.AddOptions<SessionOptions>().BindConfiguration(SessionOptions.Section).ValidateOnStart();
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<SessionCheck>();
        if (issuesTokens)
        {
            services.AddSingleton<ISessionStore, RedisSessionStore>();
            services.AddSingleton<ISessionLookup>(provider => provider.GetRequiredService<ISessionStore>());
            services.AddSingleton(provider => new AccessTokens(
                provider.GetRequiredService<TokenKeys>(), provider.GetRequiredService<IOptions<JwtOptions>>(), provider.GetRequiredService<TimeProvider>()));
        }
        else
        {
            services.AddSingleton<ISessionLookup, RedisSessionLookup>();
        }

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TokenKeys>((bearer, keys) =>
        {
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new OnceVerified());
            bearer.MapInboundClaims = false;
            bearer.EventsType = typeof(SessionCheck);
            bearer.TokenValidationParameters = TokenValidation.Parameters(keys);
        });
        services.AddAuthorizationBuilder().AddPolicy(AdminPolicy, policy => policy.RequireRole(UserRole.Admin));
    }
}
