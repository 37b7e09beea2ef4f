namespace Mom.Tests.AspireTests.Running;

/// <summary>One running system on native servers for all tests of a class.</summary>
public sealed class NativeSystem : IAsyncLifetime
{
    internal RunningAppHost AppHost { get; private set; } = null!;

    public async ValueTask InitializeAsync() => AppHost = await RunningAppHost.StartAsync("native");

    public async ValueTask DisposeAsync()
    {
        if (AppHost is not null)
            await AppHost.DisposeAsync();
    }
}
