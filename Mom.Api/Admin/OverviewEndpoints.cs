using Mom.Contracts.Operations;

namespace Mom.Api.Admin;

internal static class OverviewEndpoints
{
    public static void MapOverview(this RouteGroupBuilder admin) =>
        admin.MapGet("/overview", (SystemOverviews overviews, CancellationToken cancellationToken) => overviews.GetAsync(cancellationToken))
            .WithTags("Admin: overview")
            .WithSummary("The whole system at a glance; parts that are unavailable are missing, with the reason")
            .Produces<SystemOverview>();
}
