using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.LocalHost.Resources;

namespace Mom.LocalHost.Control;

/// <summary>
/// How <c>./mom</c> talks to a running host: HTTP over a Unix socket that only its owner may open. For example
/// <c>curl --unix-socket .mom/local/control.sock http://mom/status</c>.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ControlServer(WebApplication app) => _app = app;

    public static async Task<ControlServer> StartAsync(LocalSystem system)
    {
        var socket = system.State.ControlSocket;
        File.Delete(socket);
        // Empty: no configuration and no logging of the person's shell or folder has a say here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default));
        var app = builder.Build();
        app.UseRouting();
        Map(app, system);
        await app.StartAsync();
        File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new ControlServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(WebApplication app, LocalSystem system)
    {
        app.MapGet("/status", () => SystemStatus.Of(system));
        app.MapGet("/environment", () => new Dictionary<string, string>(system.ServerSettings, StringComparer.Ordinal));
        var resource = app.MapGroup("/resources/{name}");
        resource.MapGet("/environment", (string name) => EnvironmentOf(system, name));
        resource.MapPost("/stop", (string name) => DoAsync(system, name, it => it.StopAsync()));
        resource.MapPost("/start", (string name) => DoAsync(system, name, StartAsync));
        resource.MapPost("/kill", (string name, int? replica) => DoAsync(system, name, it => it.KillAsync(replica)));
        resource.MapPost("/freeze", (string name, int? replica) => DoAsync(system, name, it => Task.Run(() => it.Freeze(replica))));
        resource.MapPost("/thaw", (string name, int? replica) => DoAsync(system, name, it => Task.Run(() => it.Thaw(replica))));
        resource.MapPost("/wipe", (string name) => DoAsync(system, name, it => it.WipeDataAsync()));
        resource.MapPost("/restart", (string name) => DoAsync(system, name, async it =>
        {
            await it.StopAsync();
            await StartAsync(it);
        }));
        resource.MapPost("/scale/{replicas:int}", (string name, int replicas) => DoAsync(system, name, async it =>
        {
            await it.ScaleAsync(replicas);
            await it.WaitHealthyAsync();
        }));
    }

    private static IResult EnvironmentOf(LocalSystem system, string name)
    {
        try
        {
            return Results.Ok(new Dictionary<string, string>(system[name].Environment, StringComparer.Ordinal));
        }
        catch (LocalHostException e)
        {
            return Results.Conflict(new ControlError(e.Message, Log: null));
        }
    }

    private static async Task StartAsync(LocalResource resource)
    {
        await resource.StartAsync();
        await resource.WaitHealthyAsync();
    }

    private static async Task<IResult> DoAsync(LocalSystem system, string name, Func<LocalResource, Task> action)
    {
        try
        {
            var resource = system[name];
            await action(resource);
            return Results.Ok(resource.Status);
        }
        catch (LocalHostException e)
        {
            return Results.Conflict(new ControlError(e.Message, (e as ResourceFailedException)?.Log));
        }
    }
}
