using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Mom.Workers.Database.Model;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without a server.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<MomDbContext>
{
    public MomDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<MomDbContext>().UseNpgsql().UseSnakeCaseNamingConvention().Options);
}
