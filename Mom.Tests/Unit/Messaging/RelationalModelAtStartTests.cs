using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging.EntityFrameworkCore;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class RelationalModelAtStartTests
{
    [Fact]
    public async Task The_relational_model_is_there_before_anything_is_handled()
    {
        var services = new ServiceCollection();
        services.AddDbContext<Context>(options => options.UseNpgsql("Host=127.0.0.1;Port=1"));
        services.AddHostedService<RelationalModelAtStart<Context>>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<Context>().Model;
        Assert.Null(model.FindRuntimeAnnotationValue(RelationalAnnotationNames.RelationalModel));

        foreach (var service in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StartingAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(model.FindRuntimeAnnotationValue(RelationalAnnotationNames.RelationalModel));
    }

    private sealed class Context(DbContextOptions<Context> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
    }
}
