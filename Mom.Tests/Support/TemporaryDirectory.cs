namespace Mom.Tests.Support;

/// <summary>A directory of a test's own, for everybody to enter: Postgres runs under another user where the tests run as root.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public TemporaryDirectory()
    {
        Path = Directory.CreateTempSubdirectory("mom-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, ForAll);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
