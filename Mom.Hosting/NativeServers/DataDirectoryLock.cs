using System.Globalization;

namespace Mom.Hosting.NativeServers;

/// <summary>Locks the data directory of a server for this AppHost. The system releases the lock when the process ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="DistributedApplicationException">The directory cannot be written, or another AppHost uses it.</exception>
    public static DataDirectoryLock Take(NativeServerResource server)
    {
        // Beside the directory, in which there is nothing that is not the server's. And two files: one that is locked cannot be read to say
        // which process holds it.
        var owner = server.DataDirectory + ".owner";
        try
        {
            Directory.CreateDirectory(server.DataDirectory);
            var file = new FileStream(server.DataDirectory + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectoryLock(file);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DistributedApplicationException(
                $"The data directory of {server.Name} cannot be written: {exception.Message} Give it to the user who starts this, or name "
                + $"another place with the setting {NativeServerExtensions.DataSetting}.", exception);
        }
        catch (IOException exception) when (File.Exists(owner) && IsLock(exception))
        {
            throw new DistributedApplicationException(
                $"{server.Name} runs already, under another AppHost (process {File.ReadAllText(owner)}) with the same data in {server.DataDirectory}. "
                + $"Stop that one first, or name another place with the setting {NativeServerExtensions.DataSetting}.", exception);
        }
        catch (IOException exception)
        {
            throw new DistributedApplicationException($"The data directory of {server.Name} cannot be used: {exception.Message}", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    // Without a message of its own in .NET: a sharing violation is EWOULDBLOCK on Unix and reported with this HResult.
    private static bool IsLock(IOException exception) => exception.GetType() == typeof(IOException) && exception.HResult is not 28;
}
