namespace Mom.Testing;

/// <summary>What every resource writes, in a file for each: to be read when a run has failed.</summary>
internal sealed class LogFiles : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly IReadOnlyList<Task> _writing;

    public LogFiles(ResourceLoggerService logs, IEnumerable<IResource> resources, string directory)
    {
        Directory.CreateDirectory(directory);
        _writing = [.. resources.Select(resource => WriteAsync(logs, resource, Path.Combine(directory, $"{resource.Name}.log")))];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_writing);
        _end.Dispose();
    }

    private async Task WriteAsync(ResourceLoggerService logs, IResource resource, string path)
    {
        await using var file = new StreamWriter(path, append: false) { AutoFlush = true };
        try
        {
            await foreach (var lines in logs.WatchAsync(resource).WithCancellation(_end.Token))
            {
                foreach (var line in lines)
                    await file.WriteLineAsync(line.Content);
            }
        }
        catch (OperationCanceledException)
        {
            // The system has ended.
        }
    }
}
