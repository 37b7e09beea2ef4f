using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Consuming;

namespace Mom.Messaging.EntityFrameworkCore.Sagas;

/// <summary>Handles one message of a saga. As it takes the context, it runs in the unit of work: inbox, state and outbox are one transaction.</summary>
internal sealed class SagaHandler<TContext, TSaga, TState, TMessage>(TContext database, TSaga saga, SagaDefinition<TSaga, TState> definition, TimeProvider time)
    : IMessageHandler<TMessage>
    where TContext : DbContext
    where TSaga : Saga<TState>
    where TState : class, new()
    where TMessage : class, IPartitioned
{
    public async Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken)
    {
        var id = message.PartitionKey;
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            await (saga is ITimesOut<TMessage> ? Task.CompletedTask : saga.TellNotFoundAsync(message, context)).ConfigureAwait(false);
            return;
        }

        saga.Resume(id, JsonSerializer.Deserialize(row.State, definition.Json) ?? new TState());
        await (saga switch
        {
            IStartedBy<TMessage> started => started.HandleAsync(message, context, cancellationToken),
            IContinuedBy<TMessage> continued => continued.HandleAsync(message, context, cancellationToken),
            _ => ((ITimesOut<TMessage>)saga).HandleAsync(message, context, cancellationToken),
        }).ConfigureAwait(false);
        if (saga.IsCompleted)
        {
            database.Remove(row);
            return;
        }

        row.State = JsonSerializer.Serialize(saga.Saved, definition.Json);
        row.Version++;
        row.UpdatedAt = time.GetUtcNow();
    }

    // Locked until the commit. Another message may end the saga between the two statements: then the next turn begins a new one.
    private async Task<SagaRow?> FindAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (saga is IStartedBy<TMessage>)
            {
                var (state, now) = (JsonSerializer.Serialize(new TState(), definition.Json), time.GetUtcNow());
                await database.Database.ExecuteSqlAsync(
                    $"""
                     insert into sagas (saga, id, state, version, created_at, updated_at)
                     values ({definition.Name}, {id}, {state}::jsonb, 0, {now}, {now}) on conflict do nothing
                     """,
                    cancellationToken).ConfigureAwait(false);
            }

            var rows = await database.Set<SagaRow>().FromSql($"select * from sagas where saga = {definition.Name} and id = {id} for update")
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            if (rows.Count > 0 || saga is not IStartedBy<TMessage>)
            {
                return rows.Count > 0 ? rows[0] : null;
            }
        }
    }
}

/// <summary>What is registered of a saga.</summary>
internal sealed record SagaDefinition<TSaga, TState>(string Name, JsonTypeInfo<TState> Json);
