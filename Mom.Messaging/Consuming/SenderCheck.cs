using Mom.Messaging.Connections;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Consuming;

/// <summary>Checks that the broker user who sent a message may send it.</summary>
internal sealed class SenderCheck(MessageRegistry registry, BrokerUser user)
{
    /// <summary>The user of this process, whose copies of messages tell who sent the first.</summary>
    public string? User => user.Name;

    /// <returns>Why a message must not be handled, or <see langword="null"/>.</returns>
    public string? WhatIsWrong(Envelope message, ConsumerRegistration consumer)
    {
        // An older version is believed from those who may send the one as which it is handled.
        var allowed = registry.Find(message.Type) is { } contract && consumer.HandledAs(contract.ClrType) is { } handled && consumer.Senders.TryGetValue(handled, out var own)
            ? own
            : consumer.Options.AllowedSenders;
        if (allowed is not null && !IsOneOf(allowed, message.Sender))
        {
            return $"it was sent by {(message.Sender is null ? "a client that names no user" : $"the broker user '{message.Sender}'")}, and is accepted from {string.Join(", ", allowed)}";
        }

        return message.ReplyTo is { } replyTo && !IsReplyQueue(replyTo, message.Sender)
            ? $"its reply-to is '{replyTo}', which is no reply queue of its sender ({BrokerUser.RepliesOf(message.Sender ?? "<user>")}...)"
            : null;
    }

    /// <summary>
    /// Whether a reply may be sent to a queue. A reply goes to where the request says, by the user of the one who answers: without a limit a request
    /// could have a message written to any queue that the answering service may write to.
    /// </summary>
    public static bool IsReplyQueue(string queue, string? sender) => queue.StartsWith(
        sender is null ? ReplyConsumer.QueuePrefix : BrokerUser.RepliesOf(sender), StringComparison.Ordinal);

    // What a process sends to its own queue it could as well do at once.
    private bool IsOneOf(IReadOnlyCollection<string> allowed, string? sender) =>
        sender is not null && (allowed.Contains(sender, StringComparer.Ordinal) || string.Equals(sender, user.Name, StringComparison.Ordinal));
}
