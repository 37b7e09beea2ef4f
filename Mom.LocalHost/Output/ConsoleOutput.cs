namespace Mom.LocalHost.Output;

/// <summary>Shows what the processes write, each line behind the name of who wrote it.</summary>
internal static class ConsoleOutput
{
    private const int Width = 13;

    /// <summary>Shows a line of a process.</summary>
    public static void Show(OutputLine line)
    {
        var name = line.Replica == 1 ? line.Resource : $"{line.Resource}[{line.Replica}]";
        Console.Out.WriteLine($"{Palette.Name(name.PadRight(Width), line.Resource)} | {line.Text}");
    }

    /// <summary>Shows a line of the host itself.</summary>
    public static void Say(string text) => Console.Out.WriteLine($"{Palette.Bold("mom".PadRight(Width))} | {text}");
}
