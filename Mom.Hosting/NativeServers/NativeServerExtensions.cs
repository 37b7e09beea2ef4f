using Aspire.Hosting.Lifecycle;

namespace Mom.Hosting.NativeServers;

/// <summary>What all native servers have in common in the model.</summary>
public static class NativeServerExtensions
{
    /// <summary>The setting for the directory below which every native server has its own; relative to the AppHost's directory.</summary>
    public const string DataSetting = "NativeServers:Data";

    private const string DefaultData = ".native-servers";

    private static string RunServer => Path.Combine(AppContext.BaseDirectory, "NativeServers", "run-server");

    internal static string DataDirectoryOf(this IDistributedApplicationBuilder builder, string name)
        => Path.GetFullPath(Path.Combine(builder.AppHostDirectory, builder.Configuration[DataSetting] ?? DefaultData, name));

    internal static IResourceBuilder<T> AddNativeServer<T>(this IDistributedApplicationBuilder builder, T server, string endpoint, string scheme, int? port)
        where T : NativeServerResource
    {
        builder.Services.TryAddEventingSubscriber<NativeServersStart>();
        builder.Services.TryAddEventingSubscriber<ChildStates>();
        return builder.AddResource(server)
            .WithNativeEndpoint(endpoint, scheme, port)
            .WithArgs(context =>
            {
                context.Args.Add(RunServer);
                context.Args.Add(server.StopSignal.ShortName);
                context.Args.Add(server.Helper ?? string.Empty);
                foreach (var argument in server.CommandLine)
                    context.Args.Add(argument);
            })
            .OnBeforeResourceStarted(static async (server, _, cancellationToken) =>
            {
                // What the orchestrator started may be gone and the server itself still there: it would keep the port.
                await Leftovers.EndAsync(server, cancellationToken);
                await server.PrepareAsync(cancellationToken);
            })
            .ExcludeFromManifest();
    }

    // Without a proxy: a server that is gone refuses connections, as it would anywhere else, and nothing stands between it and its clients.
    internal static IResourceBuilder<T> WithNativeEndpoint<T>(this IResourceBuilder<T> server, string name, string scheme, int? port)
        where T : NativeServerResource
        => server
            .WithEndpoint(port: port, targetPort: port, scheme: scheme, name: name, isProxied: false)
            .WithEndpoint(name, endpoint => endpoint.TargetHost = "127.0.0.1");
}
