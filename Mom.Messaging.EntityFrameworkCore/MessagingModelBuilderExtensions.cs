using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Inbox;
using Mom.Messaging.EntityFrameworkCore.Outbox;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Adds the engine's tables to a model.</summary>
public static class MessagingModelBuilderExtensions
{
    /// <summary>Adds the tables <c>outbox</c> and <c>inbox</c>. The context must use snake_case names (EFCore.NamingConventions).</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox");
            row.HasKey(message => message.Id);
            row.HasIndex(message => new { message.Key, message.Id });
            row.HasIndex(message => message.NextAttemptAt);
            row.Property(message => message.Headers).HasColumnType("jsonb");
            // Few and rarely there: found at once, at no cost to the others.
            row.HasIndex(message => new { message.Key, message.Id }, "dead").HasDatabaseName("ix_outbox_dead").HasFilter("dead_at is not null");
        });
        model.Entity<InboxRow>(row =>
        {
            row.ToTable("inbox");
            row.HasKey(message => new { message.MessageId, message.Queue });
            row.HasIndex(message => message.HandledAt);
        });
        return model;
    }
}
