using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>
/// A service as its own <c>Main</c> builds it, run in this process beside the others, until its endpoint table can be read. It is told of by the event
/// that .NET raises for every host (<c>HostBuilt</c> of <c>Microsoft.Extensions.Hosting</c>), as for <c>dotnet ef</c>.
/// </summary>
internal static class ServiceEndpoints
{
    private static readonly AsyncLocal<TaskCompletionSource<IHost>?> Built = new();

    /// <returns>All endpoints with a route.</returns>
    public static async Task<IReadOnlyList<RouteEndpoint>> OfAsync(Assembly service, RunningSystem system, params string[] settings)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", "--environment=Development", "--Logging:LogLevel:Default=None", KeyFor(service), $"--Caller:PrivateKey={RunSettings.CallerPrivateKey}",
            $"--ConnectionStrings:rabbitmq={system.Connections.RabbitMq}", $"--ConnectionStrings:redis={system.Connections.Redis}", $"--RabbitMq:Management:Url={system.Management}",
            .. settings,
        ];
        var built = new TaskCompletionSource<IHost>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = DiagnosticListener.AllListeners.Subscribe(new Listeners());
        var main = Task.Run(() =>
        {
            Built.Value = built;
            return service.EntryPoint!.Invoke(null, [arguments]);
        });
        await Task.WhenAny(main, built.Task);
        if (main.IsFaulted)
        {
            await main;
        }

        var host = await built.Task.PatientlyAsync($"{service.GetName().Name} should be built");
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
        {
            await Task.WhenAny(started.Task, main).PatientlyAsync($"{service.GetName().Name} should start");
        }

        Assert.True(started.Task.IsCompleted, $"{service.GetName().Name} should start, but ended: {main.Exception}");
        List<RouteEndpoint> endpoints = [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        lifetime.StopApplication();
        await main.PatientlyAsync($"{service.GetName().Name} should stop");
        return endpoints;
    }

    // The API makes tokens; the socket checks them, and does not start with a key that signs.
    private static string KeyFor(Assembly service)
    {
        if (service == typeof(Mom.Api.Requests.RpcResults).Assembly)
        {
            return $"--Jwt:Key={RunSettings.SigningKey}";
        }

        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(TokenParts.OwnKey, out _);
        return $"--Jwt:PublicKeys={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";
    }

    private sealed class Listeners : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == "HostBuilt")
            {
                Built.Value?.TrySetResult((IHost)value.Value!);
            }
        }

        public void OnCompleted()
        {
            // There is nothing to end.
        }

        public void OnError(Exception error)
        {
            // Nor to undo.
        }
    }
}
