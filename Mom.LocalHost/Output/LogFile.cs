namespace Mom.LocalHost.Output;

/// <summary>The log of one resource. The run before this one is kept beside it as <c>NAME.log.1</c>.</summary>
internal sealed class LogFile : IDisposable
{
    private const long RotateAt = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private StreamWriter _writer;
    private bool _closed;

    public LogFile(string path)
    {
        Path = path;
        _writer = Open();
    }

    public string Path { get; }

    public void Write(string line)
    {
        lock (_lock)
        {
            // A pump may still hand over the last words of a process after the log was closed.
            if (_closed)
                return;

            if (_writer.BaseStream.Position > RotateAt)
            {
                _writer.Dispose();
                _writer = Open();
            }

            _writer.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    private StreamWriter Open()
    {
        if (File.Exists(Path))
            File.Move(Path, Path + ".1", overwrite: true);
        var stream = new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new StreamWriter(stream) { AutoFlush = true };
    }
}
