using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Messaging.Errors;

namespace Mom.Tests.Broker.Durable;

// A program as a team writes it that takes the library: its messages, its context and its handlers. Nothing of the db worker is in it.

public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<Entry> Entries => Set<Entry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}

[Message("ledger.deposit.v1", Queue = "ledger")]
public sealed record Deposit(int Account, decimal Amount);

[Message("ledger.credit.v1", Queue = "ledger.batch")]
public sealed record Credit(int Account, decimal Amount);

[Message("ledger.deposited.v1", Topic = "ledger.deposited")]
public sealed record Deposited(int Account, decimal Amount);

[Message("ledger.withdraw.v1", Queue = "ledger", Priority = MessagePriority.Rpc)]
public sealed record Withdraw(int Account, decimal Amount) : IRequest<Balance>;

[Message("ledger.balance.v1")]
public sealed record Balance(decimal Amount);

[JsonSerializable(typeof(Deposit))]
[JsonSerializable(typeof(Credit))]
[JsonSerializable(typeof(Deposited))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(Balance))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class LedgerJson : JsonSerializerContext;

public sealed class Entry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required int Account { get; init; }

    public required decimal Amount { get; init; }
}

public sealed class DepositHandler(LedgerContext ledger) : IMessageHandler<Deposit>
{
    public async Task HandleAsync(Deposit message, MessageContext context, CancellationToken cancellationToken)
    {
        ledger.Entries.Add(new Entry { Account = message.Account, Amount = message.Amount });
        await context.PublishAsync(new Deposited(message.Account, message.Amount));
    }
}

public sealed class WithdrawHandler(LedgerContext ledger) : ITransactionalRequestHandler<Withdraw, Balance>
{
    public async Task ApplyAsync(Withdraw request, MessageContext context, CancellationToken cancellationToken)
    {
        if (await BalanceAsync(request.Account, cancellationToken) < request.Amount)
        {
            throw new RefusalException("ledger.insufficient", "There is not so much in the account.");
        }

        ledger.Entries.Add(new Entry { Account = request.Account, Amount = -request.Amount });
    }

    public async Task<Balance> AnswerAsync(Withdraw request, MessageContext context, CancellationToken cancellationToken) =>
        new(await BalanceAsync(request.Account, cancellationToken));

    private Task<decimal> BalanceAsync(int account, CancellationToken cancellationToken) =>
        ledger.Entries.Where(entry => entry.Account == account).SumAsync(entry => entry.Amount, cancellationToken);
}

/// <summary>Reaches the context by its unit of work.</summary>
public sealed class CreditHandler(UnitOfWork<LedgerContext> work) : IBatchHandler<Credit>
{
    public Task HandleAsync(IReadOnlyList<Delivered<Credit>> messages, CancellationToken cancellationToken)
    {
        foreach (var (message, context) in messages)
        {
            work.Database.Entries.Add(new Entry { Account = message.Account, Amount = message.Amount });
            context.InTrace(() => work.Send($"account {message.Account}", new Deposited(message.Account, message.Amount)));
        }

        return Task.CompletedTask;
    }
}
