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
    /// Adds <see cref="ISessionStore"/>, <see cref="AccessTokens"/>, bearer authentication that checks the session of each token, and
    /// authorization. An <c>IConnectionMultiplexer</c> must be registered. The start fails when <see cref="JwtOptions"/> are not usable.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="tokenInQueryUnder">Where a token may also come as <c>access_token</c> in the query; by default nowhere.</param>
    public static void AddMomSessions(this IHostApplicationBuilder builder, PathString? tokenInQueryUnder = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<JwtOptions>, JwtOptionsValidator>();
        services.AddOptions<JwtOptions>().BindConfiguration(JwtOptions.Section).ValidateOnStart();
        services.TryAddSingleton<ISessionStore, RedisSessionStore>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton(new TokenInQuery(tokenInQueryUnder));
        services.AddSingleton<SessionCheck>();

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<JwtOptions>>((bearer, jwt) =>
        {
            bearer.MapInboundClaims = false;
            bearer.EventsType = typeof(SessionCheck);
            bearer.TokenValidationParameters = TokenValidation.Parameters(jwt.Value);
        });
        services.AddAuthorizationBuilder().AddPolicy(AdminPolicy, policy => policy.RequireRole(UserRole.Admin));
    }
}
