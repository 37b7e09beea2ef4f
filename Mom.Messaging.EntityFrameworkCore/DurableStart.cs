using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Inbox;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.EntityFrameworkCore.Transactions;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Refuses at start what would fail with each message: a model without the tables, or a handler that asks for what cannot be. It does not connect.</summary>
internal sealed class DurableStart<TContext>(IServiceScopeFactory scopes, TransactionalHandlers<TContext> handlers) : IHostedService
    where TContext : DbContext
{
    private static readonly Type[] Rows =
        [typeof(OutboxRow), typeof(InboxRow), typeof(DeadLetterRow), typeof(DeadLetterAuditRow), typeof(DeadLetterOperationRow), typeof(WriteProbeRow)];

    /// <exception cref="InvalidOperationException">The context cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // They were looked at when they were made.
        _ = handlers;
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        if (Array.Find(Rows, row => database.Model.FindEntityType(row) is null) is { } missing)
        {
            throw new InvalidOperationException($"The model of {typeof(TContext).Name} has no {missing.Name}. Call modelBuilder.AddMessaging() in its OnModelCreating.");
        }

        var inbox = database.Model.FindEntityType(typeof(InboxRow))!;
        var column = inbox.FindProperty(nameof(InboxRow.MessageId))!.GetColumnName(StoreObjectIdentifier.Create(inbox, StoreObjectType.Table)!.Value);
        if (!string.Equals(column, "message_id", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"The columns of {typeof(TContext).Name} are named as '{column}'. The engine's statements need snake_case: call UseSnakeCaseNamingConvention() of EFCore.NamingConventions.");
        }

        if (database.Database.CreateExecutionStrategy().RetriesOnFailure)
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} retries on failure by itself. The engine tries a whole message again, never half a handler: remove EnableRetryOnFailure, or set DisableRetry.");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
