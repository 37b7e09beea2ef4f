using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;

namespace Mom.Messaging.Connections;

/// <summary>The broker's user that this process connects as.</summary>
/// <remarks>
/// Its name is in the <c>user-id</c> of every message that the process publishes. The broker compares it with the connection's own user and
/// closes the channel of a message that names another, so a receiver can rely on it: https://www.rabbitmq.com/docs/validated-user-id.
/// </remarks>
/// <param name="Name">Its name; <see langword="null"/> where only the broker knows it, as with client certificates or tokens. Then messages name no user.</param>
internal sealed record BrokerUser(string? Name)
{
    private const int LongestName = 100;

    // As many as the broker has users.
    private static readonly ConcurrentDictionary<string, string> Prefixes = new(StringComparer.Ordinal);

    public static BrokerUser Of(IConnectionFactory factory) => new(
        factory is ConnectionFactory settings && (settings.CredentialsProvider is not null || !settings.AuthMechanisms.Any(mechanism => mechanism.Name is "PLAIN"))
            ? null
            : factory.UserName);

    /// <summary>
    /// What the names of the reply queues of a user start with, <c>mom.reply.&lt;user&gt;.</c>: so that a permission can give a user its own, and a
    /// receiver can tell whether a request names another's.
    /// </summary>
    public static string RepliesOf(string? user) => Prefixes.GetOrAdd(user ?? "-", static user =>
    {
        var name = new StringBuilder(Rpc.ReplyConsumer.QueuePrefix);
        foreach (var letter in user.Take(LongestName))
        {
            // No dot, which parts words, nor a sign with a meaning in patterns.
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-');
        }

        return name.Append('.').ToString();
    });
}
