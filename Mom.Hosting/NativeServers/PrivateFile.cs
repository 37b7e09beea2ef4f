using System.Text;

namespace Mom.Hosting.NativeServers;

internal static class PrivateFile
{
    /// <summary>Writes a file that nobody but its owner can read; it is never there with other rights, nor half written.</summary>
    public static void Write(string path, string text)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        File.Move(fresh, path, overwrite: true);
    }
}
