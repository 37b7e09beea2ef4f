using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore;

namespace Mom.Bench.Servers;

/// <summary>The engine's tables, and one more that stands for what a message brings about.</summary>
internal sealed class BenchContext(DbContextOptions<BenchContext> options) : DbContext(options)
{
    public DbSet<EffectRow> Effects => Set<EffectRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}
