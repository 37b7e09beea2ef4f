using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker.Support;

/// <summary>Writes one row for each message, in the transaction of the inbox row.</summary>
internal sealed class EffectHandler(MomDbContext database, UnitOfWork work, HandlerHooks hooks) : IMessageHandler<MathStep>
{
    public async Task HandleAsync(MathStep message, MessageContext context, CancellationToken cancellationToken)
    {
        hooks.Called(context);
        await work.RunOnceAsync(
            context,
            async () =>
            {
                await database.Database.ExecuteSqlAsync(
                    $"insert into effects (message_id, text) values ({context.MessageId}, {message.Method})", cancellationToken);
                await hooks.BeforeCommit();
            },
            cancellationToken);
        await hooks.AfterCommit();
    }
}
