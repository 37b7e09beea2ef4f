using System.Net.Sockets;
using System.Text;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>
/// One exchange over a connection of its own, in which every byte is the test's: no client corrects it on its way. It ends when the service closes the
/// connection, so the head has to ask for that, and must not promise a longer body than there is.
/// </summary>
internal static class RawHttp
{
    /// <param name="address">The service.</param>
    /// <param name="head">The request line and the headers, without the empty line after them.</param>
    /// <param name="body">The body.</param>
    /// <returns>The answer as text; empty when the service hung up.</returns>
    public static async Task<string> SendAsync(Uri address, string head, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + "\r\n\r\n"), TestContext.Current.CancellationToken);
            await stream.WriteAsync(body, TestContext.Current.CancellationToken);
            using var answer = new MemoryStream();
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken).PatientlyAsync($"'{head[..Math.Min(head.Length, 300)]}' should be answered");
            return Encoding.UTF8.GetString(answer.ToArray());
        }
        catch (IOException)
        {
            // It hung up while something was still being sent to it.
            return string.Empty;
        }
    }

    /// <summary>The status of an answer; 0 when there is none.</summary>
    public static int Status(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>A text in the target of a request: what would end the line is percent-encoded, the rest is as it is or not.</summary>
    public static string Target(string text, Random random) => random.Next(3) == 0 ? Uri.EscapeDataString(text) : string.Concat(text.Select(character => character is <= ' ' or (> '~' and < '\u00a0') ? Uri.HexEscape(character) : character.ToString()));

    /// <summary>Whether a text of the request has become a header of the answer. In the body it may well stand.</summary>
    public static bool HasInjectedHeader(string answer) => answer.Split("\r\n\r\n")[0].Contains("\nX-Injected", StringComparison.OrdinalIgnoreCase);
}
