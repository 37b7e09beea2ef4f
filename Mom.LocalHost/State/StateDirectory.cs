using System.Security.Cryptography;
using System.Text;

namespace Mom.LocalHost.State;

/// <summary>Where a local system keeps everything between runs: server data, logs, generated secrets, records of processes.</summary>
public sealed class StateDirectory
{
    // Others may pass through to what is theirs (Postgres runs as its own user when we are root) but see no list.
    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    internal StateDirectory(string root)
    {
        Root = Path.GetFullPath(root);
        Directory.CreateDirectory(Root, Passable);
        Directory.CreateDirectory(Logs, Passable);
        Directory.CreateDirectory(Processes, Passable);
        Directory.CreateDirectory(Run, Passable);
    }

    public string Root { get; }

    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The generated passwords and keys; readable by the owner only.</summary>
    public string SecretsFile => Path.Combine(Root, "secrets.json");

    internal string Processes => Path.Combine(Root, "processes");
    /// <summary>Copies of what was built, for the running processes alone.</summary>
    internal string Run => Path.Combine(Root, "run");

    internal string HostFile => Path.Combine(Root, "host.json");
    internal string LockFile => Path.Combine(Root, "host.lock");
    internal string HostLog => Path.Combine(Logs, "host.log");

    /// <summary>Eight hex digits that stand for this directory in places where its path is too long.</summary>
    internal string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..8];

    /// <summary>The control socket. Its path may have 107 bytes at most (unix(7)), so a deep directory has it elsewhere.</summary>
    internal string ControlSocket
    {
        get
        {
            var here = Path.Combine(Root, "control.sock");
            return Encoding.UTF8.GetByteCount(here) <= 100 ? here : Path.Combine(Path.GetTempPath(), $"mom-{Hash}.sock");
        }
    }

    /// <summary>The log of a resource.</summary>
    public string LogOf(string resource) => Path.Combine(Logs, resource + ".log");

    /// <summary>A directory for the data of a server, for the owner only.</summary>
    internal string DataOf(string resource)
    {
        var path = Path.Combine(Root, resource);
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
