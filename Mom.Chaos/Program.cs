using System.Text.Json;
using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Runs;
using Mom.LocalHost;
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
var directory = Directory.CreateTempSubdirectory("mom-chaos");
try
{
    await using var system = ChaosSystem.Create(directory.FullName);
    progress.WriteLine("Starting a private system");
    await system.StartAsync(cancellationToken: stop.Token);
    var ledger = await new ChaosRun(system, options, progress.WriteLine).RunAsync(stop.Token);
    Console.WriteLine(options.Json ? JsonSerializer.Serialize(ledger, LedgerJson.Default.Ledger) : LedgerText.Of(ledger));
    return ledger.ExitCode;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    progress.WriteLine("Stopped before there was anything to count.");
    return 1;
}
catch (Exception exception) when (exception is LocalHostException or NpgsqlException or HttpRequestException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
finally
{
    directory.Delete(recursive: true);
}
