using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mom.AppHost.Model.Access;

/// <summary>The file that the broker loads at each start: https://www.rabbitmq.com/docs/definitions. It holds hashes, no passwords.</summary>
internal static class BrokerDefinitions
{
    private const string Everything = ".*";

    /// <param name="passwords">Of every user, and of the administrator.</param>
    /// <param name="administrator">The administrator's name: a broker with definitions creates no default user.</param>
    public static string Of(IReadOnlyDictionary<string, string> passwords, string administrator)
    {
        IReadOnlyList<BrokerUser> users = [new(administrator) { Tag = "administrator", Configure = Everything, Write = Everything, Read = Everything }, .. BrokerUsers.All];
        return JsonSerializer.Serialize(new
        {
            vhosts = new[] { new { name = "/" } },
            users = users.Select(user => new
            {
                name = user.Name,
                password_hash = Hash(passwords[user.Name]),
                hashing_algorithm = "rabbit_password_hashing_sha256",
                tags = user.Tag.Length == 0 ? [] : new[] { user.Tag },
            }),
            permissions = users.Select(user => new { user = user.Name, vhost = "/", configure = user.Configure, write = user.Write, read = user.Read }),
            topic_permissions = users.SelectMany(user => user.Topics.Select(topic => new { user = user.Name, vhost = "/", exchange = topic.Key, write = topic.Value.Write, read = topic.Value.Read })),
        });
    }

    // A salt of 4 bytes, and the SHA-256 of salt and password: https://www.rabbitmq.com/docs/passwords#computing-password-hash. The passwords
    // have more than 100 random bits, so the hash does not help to guess them.
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
