using Mom.Testing;

namespace Mom.Tests.Security;

/// <summary>The servers with the users that the AppHost makes, and the deployer, who has made queues and tables; no other service.</summary>
public sealed class ServersWithUsers : IAsyncLifetime
{
    internal RunningSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        System = await RunningSystem.StartAsync(new SystemOptions { Name = "tests-users", Only = [.. ResourceNames.Servers, ResourceNames.Deployer] });

    public ValueTask DisposeAsync() => System?.DisposeAsync() ?? ValueTask.CompletedTask;
}
