using Mom.AppHost.Model.Access;
using Mom.Hosting.NativeServers;
using Mom.Hosting.NativeServers.Redis;
using Mom.Hosting.Ports;

namespace Mom.AppHost.Model.Servers;

internal static class Cache
{
    /// <summary>Redis, which keeps sessions, cancel flags and the socket's backplane, with a screen.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddCache(this IDistributedApplicationBuilder builder, string name, ServerSource servers)
        => servers.Add(
            name,
            "host:port,password=…,ssl=true",
            _ =>
            {
                var server = builder.AddRedis(name, port: builder.Port(7073), password: builder.AddServerPassword(name))
                    .WithDataVolume(builder.VolumeOf(name))
                    .WithPersistence()
                    .WithUsers();
                if (builder.HasScreens())
                {
                    server.WithRedisInsight(insight => insight
                        .WithHostPort(builder.Port(9093))
                        .WithUrlForEndpoint("http", url => url.DisplayText = "Keys (Redis Insight)")
                        .WithParentRelationship(server));
                }

                return server;
            },
            _ =>
            {
                var server = builder.AddNativeRedis(name, port: builder.Port(7073), password: builder.AddServerPassword(name)).WithUsers().WithRestart();
                if (builder.HasScreens())
                    server.WithRedisCommander(Path.Combine(builder.AppHostDirectory, "..", ".mom", "tools", "node_modules", "redis-commander", "bin", "redis-commander.js"), port: builder.Port(9093));
                return server;
            });
}
