using Microsoft.EntityFrameworkCore;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>The tables of dead letters and what people do about them.</summary>
internal static class DeadLetterModel
{
    public static void AddDeadLetters(this ModelBuilder model)
    {
        model.Entity<DeadLetterRow>(letter =>
        {
            letter.ToTable("dead_letters");
            letter.Property(row => row.State).HasConversion<string>();
            letter.Property(row => row.Headers).HasColumnType("jsonb");
            // A message that dies again is the same letter.
            letter.HasIndex(row => new { row.Queue, row.MessageId }).IsUnique();
            letter.HasIndex(row => new { row.State, row.Id });
            letter.HasIndex(row => row.LastFailedAt);
            letter.HasMany(row => row.Audit).WithOne().HasForeignKey(audit => audit.DeadLetterId);
        });
        model.Entity<DeadLetterAuditRow>(audit => audit.ToTable("dead_letter_audit"));
        model.Entity<DeadLetterOperationRow>(operation =>
        {
            operation.ToTable("dead_letter_operations");
            operation.Property(row => row.Id).ValueGeneratedNever();
            operation.Property(row => row.Kind).HasConversion<string>();
            operation.Property(row => row.Filter).HasColumnType("jsonb");
            operation.HasIndex(row => row.StartedAt);
        });
    }
}
