namespace Mom.Testing;

/// <summary>What every instance writes, in a file for each: to be read when a run has failed.</summary>
internal sealed class LogFiles : IAsyncDisposable
{
    private readonly ResourceLoggerService _logs;
    private readonly string _directory;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, Task> _writing = new(StringComparer.Ordinal);
    private readonly Task _watching;

    public LogFiles(ResourceNotificationService notifications, ResourceLoggerService logs, string directory)
    {
        _logs = logs;
        _directory = directory;
        // Those of the run before.
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
        _watching = WatchAsync(notifications);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        await Task.WhenAll(_writing.Values);
        _end.Dispose();
    }

    // An instance has an id, by which its log is found, only when the orchestrator has made it.
    private async Task WatchAsync(ResourceNotificationService notifications)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(_end.Token))
            {
                if (change.Resource is ExecutableResource or ProjectResource or ContainerResource && change.ResourceId != change.Resource.Name && !_writing.ContainsKey(change.ResourceId))
                    _writing.Add(change.ResourceId, WriteAsync(change.ResourceId, NewFile(change.Resource.Name)));
            }
        }
        catch (OperationCanceledException)
        {
            // The system has ended.
        }
    }

    private StreamWriter NewFile(string name)
    {
        var path = Path.Combine(_directory, $"{name}.log");
        for (var replica = 2; File.Exists(path); replica++)
            path = Path.Combine(_directory, $"{name}-{replica}.log");
        // Whatever stands in a log is its owner's.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new StreamWriter(new FileStream(path, options)) { AutoFlush = true };
    }

    private async Task WriteAsync(string instance, StreamWriter file)
    {
        await using var _ = file;
        try
        {
            await foreach (var lines in _logs.WatchAsync(instance).WithCancellation(_end.Token))
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
