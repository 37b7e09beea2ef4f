namespace Mom.LocalHost.State;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the whole file or, when interrupted, nothing of it.</summary>
    public static void Write(string path, string content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var fresh = $"{path}.{Environment.ProcessId}.new";
        using (var writer = new StreamWriter(fresh, options))
            writer.Write(content);
        File.Move(fresh, path, overwrite: true);
    }
}
