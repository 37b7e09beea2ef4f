using Mom.Api.Admin.DeadLetters;
using Mom.Api.Admin.Demo;
using Mom.Api.Admin.Ledger;
using Mom.Api.Admin.Queues;
using Mom.Api.Admin.Workers;
using Mom.Sessions;

namespace Mom.Api.Admin;

/// <summary>What administrators see and do. Everything under <c>/admin</c> asks for their role.</summary>
internal static class AdminEndpoints
{
    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddManagement();
        services.AddDemo();
        services.AddSingleton<WorkerRegistry>();
        services.AddSingleton<PausedQueues>();
        services.AddSingleton<QueueStatuses>();
        services.AddSingleton<SystemOverviews>();
    }

    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/admin").RequireAuthorization(MomSessionsExtensions.AdminPolicy)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        admin.MapOverview();
        admin.MapDemo();
        admin.MapLedger();
        admin.MapQueues();
        admin.MapWorkers();
        admin.MapJobs();
        admin.MapUsers();
        admin.MapDeadLetters();
        admin.MapDeadLetterOperations();
    }
}
