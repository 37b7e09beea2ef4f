using Mom.AppHost.Model.Access;
using Mom.Hosting.NativeServers;
using Mom.Hosting.NativeServers.Postgres;
using Mom.Hosting.Ports;

namespace Mom.AppHost.Model.Servers;

internal static class Database
{
    private const string Server = "postgres";

    /// <summary>The database, on a Postgres of its own with a screen.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddDatabase(this IDistributedApplicationBuilder builder, string name, ServerSource servers)
        => servers.Add(
            name,
            "Host=…;Username=…;Password=…;Database=momdb;SSL Mode=Require",
            _ =>
            {
                var server = builder.AddPostgres(Server, password: builder.AddServerPassword(Server), port: builder.Port(7071))
                    .WithDataVolume(builder.VolumeOf(Server));
                if (builder.HasScreens())
                {
                    server.WithPgWeb(pgweb => pgweb
                        .WithHostPort(builder.Port(9091))
                        .WithUrlForEndpoint("http", url => url.DisplayText = "Tables (pgweb)")
                        .WithParentRelationship(server));
                }

                return server.AddDatabase(name).WithUsers();
            },
            _ =>
            {
                var server = builder.AddNativePostgres(Server, password: builder.AddServerPassword(Server), port: builder.Port(7071)).WithRestart();
                if (builder.HasScreens())
                    server.WithAdminer(port: builder.Port(9091));
                return server.AddDatabase(name).WithUsers();
            });
}
