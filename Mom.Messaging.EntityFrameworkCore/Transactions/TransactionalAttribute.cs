namespace Mom.Messaging.EntityFrameworkCore.Transactions;

/// <summary>
/// Whether a message's handler runs in a unit of work: one transaction with inbox and outbox. Without it those do that take the context, or its
/// <see cref="UnitOfWork{TContext}"/>, in their constructor. Say so for one that reaches the context by another class; and say no for one that may have its
/// effect twice, and shall not pay for the inbox. A request that changes something is an <see cref="Consuming.ITransactionalRequestHandler{TRequest, TReply}"/> instead.
/// </summary>
/// <param name="enabled">Whether it does.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TransactionalAttribute(bool enabled = true) : Attribute
{
    /// <summary>Whether it does.</summary>
    public bool Enabled { get; } = enabled;
}
