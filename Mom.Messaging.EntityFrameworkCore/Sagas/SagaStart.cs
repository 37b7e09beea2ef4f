using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mom.Messaging.EntityFrameworkCore.Sagas;

/// <summary>Refuses a context without the table of the sagas, before anything is consumed.</summary>
internal sealed class SagaStart<TContext>(IServiceScopeFactory scopes) : IHostedLifecycleService
    where TContext : DbContext
{
    /// <exception cref="InvalidOperationException">The model has no sagas.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        using (var scope = scopes.CreateScope())
        {
            if (scope.ServiceProvider.GetRequiredService<TContext>().Model.FindEntityType(typeof(SagaRow)) is null)
            {
                throw new InvalidOperationException($"The model of {typeof(TContext).Name} has no sagas. Call modelBuilder.AddSagas() in its OnModelCreating.");
            }
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
