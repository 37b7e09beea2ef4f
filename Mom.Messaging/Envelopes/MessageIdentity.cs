using System.Security.Cryptography;
using System.Text;

namespace Mom.Messaging.Envelopes;

/// <summary>The identity of a message as a UUID, whoever sent it.</summary>
internal static class MessageIdentity
{
    /// <summary>
    /// The message id itself where it is a UUID, else one that follows from it: the same text must give the same identity at each
    /// delivery, or no inbox would recognise it. A message without an id gets a new one.
    /// </summary>
    public static Guid Of(string? messageId)
    {
        if (string.IsNullOrEmpty(messageId))
        {
            return Guid.CreateVersion7();
        }

        return Guid.TryParse(messageId, out var id) ? id : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16));
    }
}
