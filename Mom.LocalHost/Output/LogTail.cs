namespace Mom.LocalHost.Output;

/// <summary>The last lines of a log.</summary>
public static class LogTail
{
    /// <summary>Reads them; empty when there is no log.</summary>
    public static IReadOnlyList<string> Read(string path, int lines = 25)
    {
        if (!File.Exists(path))
            return [];

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var last = new Queue<string>();
        while (reader.ReadLine() is { } line)
        {
            last.Enqueue(line);
            if (last.Count > lines)
                last.Dequeue();
        }

        return [.. last];
    }
}
