using System.Text.Json;
using Aspire.Hosting;
using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;
using Mom.Chaos.Runs;
using Mom.Testing;
using Npgsql;

ChaosOptions options;
try
{
    options = ChaosOptions.Parse(args);
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

// JSON alone on the output, so that it can be piped.
var progress = options.Json ? Console.Error : Console.Out;
try
{
    foreach (var fault in FaultTable.All.Where(fault => fault.Needs is not null))
    {
        progress.WriteLine($"{fault.Name} is left out: it needs {fault.Needs}.");
    }

    progress.WriteLine("Starting a private system");
    await using var system = await RunningSystem.StartAsync(ChaosSystem.Options("chaos"), stop.Token);
    var ledger = await new ChaosRun(system, options, progress.WriteLine).RunAsync(stop.Token);
    Console.WriteLine(options.Json ? JsonSerializer.Serialize(ledger, LedgerJson.Default.Ledger) : LedgerText.Of(ledger));
    return ledger.ExitCode;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    progress.WriteLine("Stopped before there was anything to count.");
    return 1;
}
catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or NpgsqlException or HttpRequestException or DistributedApplicationException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
