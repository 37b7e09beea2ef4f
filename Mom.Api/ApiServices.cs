using Mom.Api.Admin;
using Mom.Api.Documents;
using Mom.Api.Jobs.Limits;
using Mom.Api.Problems;
using Mom.Api.Requests;
using Mom.Api.Sessions;
using Mom.Api.Throttling;
using Mom.Api.Users;
using Mom.Contracts;
using Mom.Contracts.Callers;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Redis;

namespace Mom.Api;

/// <summary>What the API is made of. There is no database among it: everything goes over the broker.</summary>
internal static class ApiServices
{
    public static void AddMomApi(this WebApplicationBuilder builder)
    {
        builder.AddRabbitMQClient("rabbitmq", settings => settings.DisableHealthChecks = true);
        builder.AddRedisClient("redis", configureOptions: MomRedis.Configure);
        builder.AddMomSessions(issuesTokens: true);
        builder.AddClientAddress();

        var services = builder.Services;
        services.AddSingleton(new ReplyOptions { AllowedSenders = MomUsers.Only(builder.Configuration.GetValue<bool>(MomUsers.CheckSenders), MomUsers.DbWorker) });
        services.AddMessaging(MomTopology.Default, MomJsonContext.Default);
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => new CallerSigner(
            builder.Configuration[CallerSigner.Setting] ?? throw new InvalidOperationException($"{CallerSigner.Setting} is not set."), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRequestHeaders, CallerHeaders>();
        services.AddPasswords();
        services.AddThrottle();
        services.AddSessionEndpoints();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<UserListCache>();
        services.AddAdmin();
        services.AddSingleton<JobRate>();
        services.AddOptions<JobRateOptions>().BindConfiguration(JobRateOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, MomJsonContext.Default);
            json.SerializerOptions.Converters.Add(new PlainTextConverter());
        });
        // A body that cannot be bound becomes an exception, and so a problem with its reason instead of a bare 400.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddMomProblems();
        services.AddDocuments();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = JobLimits.BodyBytes);
    }
}
