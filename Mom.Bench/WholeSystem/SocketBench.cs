using System.Diagnostics;
using Mom.Testing;

namespace Mom.Bench.WholeSystem;

/// <summary>Many connections of one user to one Mom.Socket: what each takes of its memory, and how long one event takes to all of them.</summary>
/// <param name="connections">How many, 1,000 to 10,000.</param>
/// <param name="progress">Is told what is done.</param>
internal sealed class SocketBench(int connections, Action<string> progress)
{
    private const int AtATime = 64;

    // What the service needs for the first of them, it needs once.
    private const int First = 200;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    public async Task<SocketFigures> RunAsync(CancellationToken cancellationToken)
    {
        progress("sockets: starting everything");
        await using var system = await RunningSystem.StartAsync(Options(), cancellationToken);
        await using var orderer = await JobOrderer.StartAsync(system, cancellationToken);
        var sockets = new List<IdleSocket>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pinging = Task.CompletedTask;
        try
        {
            await OpenAsync(First);
            var before = ResidentMiB();
            pinging = PingAsync(sockets, end.Token);
            progress($"sockets: opening {connections} connections");
            // The orderer has one itself.
            await OpenAsync(connections - 1);
            var bytes = (ResidentMiB() - before) * 1_024 / (sockets.Count - First);
            progress("sockets: one event to all of them");
            var started = Stopwatch.GetTimestamp();
            await orderer.OrderAsync(cancellationToken);
            await Task.WhenAll(sockets.Select(socket => socket.Told)).WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
            return new SocketFigures(sockets.Count + 1, bytes, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            await end.CancelAsync();
            await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            sockets.ForEach(socket => socket.Dispose());
        }

        async Task OpenAsync(int upTo) => await Measuring.Callers.RunAsync(upTo - sockets.Count, AtATime, async _ =>
        {
            var socket = await IdleSocket.OpenAsync(system.Socket, orderer.Token, cancellationToken);
            lock (sockets)
            {
                sockets.Add(socket);
            }
        });

        double ResidentMiB() => Memory.Resident(system.ProcessesOf(ResourceNames.Socket));
    }

    private static async Task PingAsync(List<IdleSocket> sockets, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingEvery);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            IdleSocket[] open;
            lock (sockets)
            {
                open = [.. sockets];
            }

            foreach (var socket in open)
            {
                await socket.PingAsync(cancellationToken);
            }
        }
    }

    private SystemOptions Options() => BenchSystem.Options("bench-sockets", new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
    {
        [ResourceNames.Socket] = BenchSystem.Variables(("Socket__ConnectionsPerUser", $"{connections}")),
        // A connection ends with the token that it was opened with.
        [ResourceNames.Api] = BenchSystem.Variables(("Jwt__Lifetime", "01:00:00")),
    });
}

/// <summary>What many connections take.</summary>
/// <param name="Connections">How many there were.</param>
/// <param name="KibibytesEach">Resident memory of the service for each of them.</param>
/// <param name="FanOutSeconds">From the order of a job to the push of its end on the last of them.</param>
internal sealed record SocketFigures(int Connections, double KibibytesEach, double FanOutSeconds)
{
    /// <summary>The figures beside their goals, which are for 10,000 connections.</summary>
    public IReadOnlyList<Bar> Bars => Connections < 10_000
        ? []
        : [Bar.AtMost("10,000 idle connections, KiB each", KibibytesEach, 20), Bar.AtMost("one event to 10,000 connections, s", FanOutSeconds, 2)];
}
