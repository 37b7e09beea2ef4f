using System.Security.Cryptography;
using System.Text;

namespace Mom.Hosting.NativeServers;

/// <summary>Remembers beside the data by which password they were made: a server takes another one only with new data.</summary>
/// <remarks>
/// A server with the wrong password starts, and then nobody can log in; that is to be said before. What is kept is a hash of a long random
/// password, in a file for its owner alone.
/// </remarks>
internal static class PasswordRecord
{
    /// <exception cref="DistributedApplicationException">The data were made with another password.</exception>
    public static void Check(NativeServerResource server, ParameterResource parameter, string password)
    {
        var file = server.DataDirectory + ".password";
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        if (!File.Exists(file) || !Directory.Exists(server.DataDirectory) || !Directory.EnumerateFileSystemEntries(server.DataDirectory).Any())
            PrivateFile.Write(file, hash);
        else if (!string.Equals(File.ReadAllText(file), hash, StringComparison.Ordinal))
            throw new DistributedApplicationException(
                $"The data of {server.Name} in {server.DataDirectory} were made with another password than the parameter {parameter.Name} now has. "
                + $"Set Parameters:{parameter.Name} to the old one, or delete that directory to start with empty data.");
    }
}
