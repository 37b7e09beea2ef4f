using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Outages;

namespace Mom.Workers.Database.Model;

/// <summary>The whole database. Names are snake_case.</summary>
internal sealed class MomDbContext(DbContextOptions<MomDbContext> options) : DbContext(options)
{
    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<UserAuditRow> UserAudit => Set<UserAuditRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<JobKeyRow> JobKeys => Set<JobKeyRow>();

    public DbSet<RecurringJobRow> RecurringJobs => Set<RecurringJobRow>();

    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();

    public DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();

    public DbSet<DeadLetterOperationRow> DeadLetterOperations => Set<DeadLetterOperationRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        // Made by a migration that was written before the table was part of the model.
        modelBuilder.Entity<WriteProbeRow>().ToTable("write_probe", table => table.ExcludeFromMigrations());
        modelBuilder.Entity<UserRow>(user =>
        {
            user.ToTable("users");
            user.Property(row => row.Id).ValueGeneratedNever();
            user.HasIndex(row => row.Email).IsUnique();
        });
        modelBuilder.Entity<UserAuditRow>(audit =>
        {
            audit.ToTable("user_audit");
            // Not a foreign key: what was done to a user is to be found also when the user is gone.
            audit.HasIndex(row => row.UserId);
        });
        modelBuilder.Entity<JobRow>(job =>
        {
            job.ToTable("jobs");
            job.Property(row => row.Id).ValueGeneratedNever();
            job.Property(row => row.Status).HasConversion<string>();
            job.Property(row => row.Run).HasDefaultValue(1);
            job.Property(row => row.Version).HasDefaultValue(1L).IsConcurrencyToken();
            job.Property(row => row.Waiting).HasDefaultValue(false);
            job.Property(row => row.Priority).HasColumnType("smallint").HasConversion<short>().HasDefaultValue(JobPriority.Normal).HasSentinel(JobPriority.Normal);
            // A user's jobs, all and those in one state, newest first; and the states are counted in it.
            job.HasIndex(row => new { row.UserId, row.CreatedAt });
            job.HasIndex(row => new { row.UserId, row.Status, row.CreatedAt });
            // What of a user has ended in the last hour.
            job.HasIndex(row => new { row.UserId, row.UpdatedAt }).HasFilter("status in ('Succeeded', 'Failed')");
            // All jobs, newest first, and the few that did not succeed.
            job.HasIndex(row => new { row.CreatedAt, row.Id });
            job.HasIndex(row => new { row.Status, row.CreatedAt }).HasFilter("status in ('Failed', 'Cancelled')");
            // How many jobs of a user are not done, how many of them are under way, and which has waited longest.
            job.HasIndex(row => new { row.UserId, row.Waiting, row.Priority, row.CreatedAt })
                .IsDescending(false, false, true, false)
                .HasFilter("status in ('Scheduled', 'Queued', 'Running')");
            // What the scheduler and the reconciler look for; most jobs are done and not in it.
            job.HasIndex(row => new { row.Status, row.RunAt }).HasFilter("status in ('Scheduled', 'Queued', 'Running')");
            job.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId);
            job.HasMany(row => row.Steps).WithOne().HasForeignKey(step => step.JobId);
        });
        modelBuilder.Entity<JobStepRow>(step =>
        {
            step.ToTable("job_steps");
            step.HasKey(row => new { row.JobId, row.Position });
        });
        modelBuilder.Entity<NotificationRow>(notification =>
        {
            notification.ToTable("notifications");
            notification.Property(row => row.Id).ValueGeneratedNever();
            notification.HasIndex(row => new { row.UserId, row.CreatedAt });
            notification.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId);
        });
        AddKeysAndRecurringJobs(modelBuilder);
    }

    private static void AddKeysAndRecurringJobs(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JobKeyRow>(key =>
        {
            key.ToTable("job_keys");
            key.HasKey(row => new { row.UserId, row.Key });
            key.HasOne<JobRow>().WithMany().HasForeignKey(row => row.JobId);
        });
        modelBuilder.Entity<RecurringJobRow>(recurring =>
        {
            recurring.ToTable("recurring_jobs");
            recurring.Property(row => row.Id).ValueGeneratedNever();
            recurring.Property(row => row.Job).HasColumnType("jsonb");
            recurring.HasIndex(row => row.UserId);
            // What is due; those that are paused are not in it.
            recurring.HasIndex(row => row.NextRunAt).HasFilter("next_run_at is not null");
            recurring.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId);
        });
    }
}
