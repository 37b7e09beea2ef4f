using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Inbox;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.EntityFrameworkCore.Outbox;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Adds the engine's tables to a model.</summary>
public static class MessagingModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables <c>outbox</c>, <c>inbox</c>, <c>dead_letters</c>, <c>dead_letter_audit</c>, <c>dead_letter_operations</c> and <c>write_probe</c>. The
    /// context must use snake_case names (EFCore.NamingConventions).
    /// </summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox");
            row.HasKey(message => message.Id);
            row.HasIndex(message => new { message.Key, message.Id });
            row.Property(message => message.Headers).HasColumnType("jsonb");
            // What a claim reads, one destination after another.
            row.HasIndex(message => new { message.Exchange, message.RoutingKey, message.NextAttemptAt, message.Id })
                .HasDatabaseName("ix_outbox_due").HasFilter("dead_at is null");
            // Few and rarely there: found at once, at no cost to the others.
            row.HasIndex(message => new { message.Key, message.Id }, "dead").HasDatabaseName("ix_outbox_dead").HasFilter("dead_at is not null");
            // A queue in a table: its rows live for milliseconds, and with Postgres' default (a fifth of the table) each claim would read the
            // remains of as many as the largest backlog had.
            row.HasStorageParameter("autovacuum_vacuum_scale_factor", "0.01");
            row.HasStorageParameter("autovacuum_vacuum_threshold", "1000");
            row.HasStorageParameter("autovacuum_analyze_scale_factor", "0.05");
            row.HasStorageParameter("autovacuum_vacuum_cost_limit", "2000");
        });
        model.Entity<InboxRow>(row =>
        {
            row.ToTable("inbox");
            row.HasKey(message => new { message.MessageId, message.Queue });
            row.HasIndex(message => message.HandledAt);
            // Rows are added at one end and deleted in batches at the other: often and little, rather than a fifth of a week at once.
            row.HasStorageParameter("autovacuum_vacuum_scale_factor", "0.01");
            row.HasStorageParameter("autovacuum_vacuum_insert_scale_factor", "0.05");
            row.HasStorageParameter("autovacuum_analyze_scale_factor", "0.02");
        });
        model.AddDeadLetters();
        model.Entity<WriteProbeRow>(row =>
        {
            row.ToTable("write_probe");
            row.Property(probe => probe.Id).ValueGeneratedNever();
            // Its one row is changed in place (HOT), in the nine tenths of its page that are left free for that: it does not grow however long an outage lasts.
            row.HasStorageParameter("fillfactor", "10");
        });
        return model;
    }
}
