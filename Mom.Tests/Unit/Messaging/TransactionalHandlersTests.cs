using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Tests.Broker.Durable;

namespace Mom.Tests.Unit.Messaging;

/// <summary>Which handlers run in the unit of work, and what is refused at start.</summary>
[Trait("Group", "unit")]
public sealed class TransactionalHandlersTests
{
    [Theory]
    [InlineData(typeof(DepositHandler), typeof(Deposit), nameof(HandlerTransaction.Whole))]
    [InlineData(typeof(CreditHandler), typeof(Credit), nameof(HandlerTransaction.Whole))]
    [InlineData(typeof(WithdrawHandler), typeof(Withdraw), nameof(HandlerTransaction.Effect))]
    [InlineData(typeof(Indirect), typeof(Deposit), nameof(HandlerTransaction.Whole))]
    [InlineData(typeof(Idempotent), typeof(Deposit), nameof(HandlerTransaction.None))]
    [InlineData(typeof(WithoutDatabase), typeof(Deposit), nameof(HandlerTransaction.None))]
    [InlineData(typeof(Reader), typeof(Withdraw), nameof(HandlerTransaction.None))]
    public void A_handler_that_takes_the_context_runs_in_the_unit_of_work_unless_it_says_otherwise(Type handler, Type message, string expected) =>
        Assert.Equal(expected, $"{Of(handler, message).Of("queue", message)}");

    [Fact]
    public void A_transactional_handler_of_requests_that_could_not_answer_twice_is_refused() =>
        Assert.Contains("ITransactionalRequestHandler", Assert.Throws<InvalidOperationException>(() => Of(typeof(Forgetful), typeof(Withdraw))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_context_that_cannot_work_is_refused_at_start_with_a_sentence()
    {
        await RefusedAsync<Empty>(options => options.UseSnakeCaseNamingConvention(), "The model of Empty has no OutboxRow. Call modelBuilder.AddMessaging()");
        await RefusedAsync<LedgerContext>(_ => { }, "The columns of LedgerContext are named as 'MessageId'.");
        await RefusedAsync<LedgerContext>(
            options => options.UseSnakeCaseNamingConvention().UseNpgsql("Host=127.0.0.1;Port=1", npgsql => npgsql.EnableRetryOnFailure()), "LedgerContext retries on failure by itself.");
    }

    private static TransactionalHandlers<LedgerContext> Of(Type handler, Type message) => new([new RegisteredHandler("queue", message, handler)]);

    private static async Task RefusedAsync<TContext>(Action<DbContextOptionsBuilder> configure, string sentence)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddDbContext<TContext>(options => configure(options.UseNpgsql("Host=127.0.0.1;Port=1")));
        await using var provider = services.BuildServiceProvider();
        var start = new DurableStart<TContext>(provider.GetRequiredService<IServiceScopeFactory>(), new TransactionalHandlers<TContext>([]));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => start.StartAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
    }

    private sealed class Empty(DbContextOptions<Empty> options) : DbContext(options);

    private abstract class Handler : IMessageHandler<Deposit>
    {
        public Task HandleAsync(Deposit message, MessageContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [Transactional]
    private sealed class Indirect : Handler;

    [Transactional(false)]
    private sealed class Idempotent(LedgerContext ledger) : Handler
    {
        public LedgerContext Ledger => ledger;
    }

    private sealed class WithoutDatabase : Handler;

    private sealed class Reader(LedgerContext ledger) : IRequestHandler<Withdraw, Balance>
    {
        public async Task<Balance> HandleAsync(Withdraw request, MessageContext context, CancellationToken cancellationToken) =>
            new(await ledger.Entries.SumAsync(entry => entry.Amount, cancellationToken));
    }

    [Transactional]
    private sealed class Forgetful : IRequestHandler<Withdraw, Balance>
    {
        public Task<Balance> HandleAsync(Withdraw request, MessageContext context, CancellationToken cancellationToken) => Task.FromResult(new Balance(0));
    }
}
