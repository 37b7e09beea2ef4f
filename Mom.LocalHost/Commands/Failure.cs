using Mom.LocalHost.Output;
using Mom.LocalHost.Resources;

namespace Mom.LocalHost.Commands;

/// <summary>Tells what went wrong: the end of the log that knows why, then one clear sentence.</summary>
internal static class Failure
{
    public static void Tell(LocalHostException exception, Action<string> say)
    {
        if (exception is ResourceFailedException { Log: { } log } failed)
        {
            say($"The end of {log}:");
            foreach (var line in LogTail.Read(log))
                say($"  {Palette.Name(failed.Resource, failed.Resource)} | {line}");
        }

        say(Palette.Bad(exception.Message));
    }
}
