namespace Mom.Tests.AspireTests.Running;

/// <summary>The system of <see cref="NativeSystemCollection"/>.</summary>
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
