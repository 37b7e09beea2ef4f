using System.Text.Json.Nodes;

namespace Mom.Messaging.Contracts.AsyncApi;

/// <summary>How the parts of a document refer to each other.</summary>
internal static class AsyncApiNames
{
    /// <summary>The channel of all replies; each process has a queue of its own for them.</summary>
    public const string Replies = "replies";

    /// <summary>The version of the AMQP bindings (https://github.com/asyncapi/bindings/tree/master/amqp).</summary>
    public const string BindingVersion = "0.3.0";

    /// <summary>The channel that a command, request or event is sent to, or <see langword="null"/> for a reply.</summary>
    public static string? ChannelOf(MessageContract contract) => contract.Queue ?? contract.Attribute.Topic;

    public static JsonObject ToChannel(string channel) => Reference($"#/channels/{Escape(channel)}");

    public static JsonObject ToChannelMessage(string channel, string message) => Reference($"#/channels/{Escape(channel)}/messages/{Escape(message)}");

    public static JsonObject ToMessage(string message) => Reference($"#/components/messages/{Escape(message)}");

    private static JsonObject Reference(string pointer) => new() { ["$ref"] = pointer };

    // RFC 6901, section 3.
    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
