using System.Diagnostics;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Docs;

/// <summary>A run of <c>./mom</c>, to its end.</summary>
/// <param name="ExitCode">0 when all went well.</param>
/// <param name="Output">Both streams.</param>
internal sealed record MomCommand(int ExitCode, string Output)
{
    // What ./mom itself consists of.
    private static readonly string[] Parts = ["mom", "global.json", "eng", ".config"];

    /// <summary>Copies the scripts: what they do there harms no data of this clone.</summary>
    public static void Copy(string folder)
    {
        foreach (var file in Parts.Select(part => Path.Combine(Repository.Root, part)).SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path) : [path]))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public static Task<MomCommand> RunAsync(string folder, params string[] arguments) => ProcessAsync("bash", [Path.Combine(folder, "mom"), .. arguments]);

    public static async Task<MomCommand> ProcessAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var written = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).PatientlyAsync($"{program} should end");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, string.Concat(written));
    }
}
