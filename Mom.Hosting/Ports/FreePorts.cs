using System.Net;
using System.Net.Sockets;

namespace Mom.Hosting.Ports;

/// <summary>Asks the kernel for ports that are free.</summary>
internal static class FreePorts
{
    /// <summary>Distinct free ports. All are held until the last is found, so that none is handed out twice.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var listeners = new List<TcpListener>(count);
        try
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    /// <summary>Whether a server could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            // Any and not Loopback: a listener on 0.0.0.0 takes the loopback port too.
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
