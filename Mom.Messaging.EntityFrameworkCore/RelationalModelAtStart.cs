using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Makes EF Core's relational model of a context before anything is handled.</summary>
/// <remarks>
/// EF Core makes it at first use, and takes away what it makes it from when it is done: a second first use at that very moment finds neither, and
/// fails with "The model must be finalized and its runtime dependencies must be initialized" (seen with 10.0.15). Handlers begin side by
/// side, so a message would pay for it with an attempt.
/// </remarks>
internal sealed class RelationalModelAtStart<TContext>(IServiceScopeFactory scopes) : IHostedLifecycleService
    where TContext : DbContext
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        // It does not connect.
        _ = scope.ServiceProvider.GetRequiredService<TContext>().Model.GetRelationalModel();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
