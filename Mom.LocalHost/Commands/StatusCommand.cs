using System.Text.Json;
using Mom.LocalHost.Control;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary><c>status</c>: how everything is.</summary>
internal static class StatusCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        using var client = new ControlClient(new StateDirectory(options.ToSystem().EffectiveStateDirectory));
        var status = await client.StatusAsync();
        if (options.Json)
            Console.Out.WriteLine(JsonSerializer.Serialize(status, ControlJson.Default.SystemStatus));
        else if (status.Running)
            StatusTable.Write(Console.Out, status.Resources);
        else
            Console.Out.WriteLine("Nothing is running. Start it with: ./mom up");

        return status switch
        {
            { Running: false } => ExitCodes.NotRunning,
            { Healthy: false } => ExitCodes.Failure,
            _ => ExitCodes.Success,
        };
    }
}
