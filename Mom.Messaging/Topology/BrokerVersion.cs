using System.Text;
using RabbitMQ.Client;

namespace Mom.Messaging.Topology;

/// <summary>Which version of the broker a connection is to.</summary>
internal static class BrokerVersion
{
    /// <summary>The first numbers of what the broker says, such as <c>3.10.8</c> or <c>4.3.0-rc.1</c>; 0.0 when it says nothing of the kind.</summary>
    public static Version Of(IConnection connection) => Parse(
        connection.ServerProperties?.TryGetValue("version", out var value) == true && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : string.Empty);

    internal static Version Parse(string text) =>
        Version.TryParse(string.Concat(text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')).TrimEnd('.'), out var version) ? version : new Version(0, 0);
}
