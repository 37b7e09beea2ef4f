using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Contracts;

/// <summary>Every message of a system, by its CLR type and by its wire name.</summary>
internal sealed class MessageRegistry
{
    private readonly FrozenDictionary<Type, MessageContract> _byType;
    private readonly FrozenDictionary<string, MessageContract> _byName;

    private MessageRegistry(IReadOnlyCollection<MessageContract> contracts)
    {
        _byType = contracts.ToFrozenDictionary(contract => contract.ClrType);
        _byName = contracts.ToFrozenDictionary(contract => contract.Name, StringComparer.Ordinal);
    }

    /// <summary>All types with a <see cref="MessageAttribute"/> beside the JSON context, and the engine's own replies.</summary>
    /// <exception cref="InvalidOperationException">A message has no source-generated JSON, or a name is used twice.</exception>
    public static MessageRegistry From(JsonSerializerContext context)
    {
        var contracts = Find(context).Concat(Find(EngineJsonContext.Default)).ToList();
        var twice = contracts.GroupBy(contract => contract.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        return twice is null
            ? new MessageRegistry(contracts)
            : throw new InvalidOperationException(
                $"The wire name '{twice.Key}' is used by {string.Join(" and ", twice.Select(contract => contract.ClrType.Name))}.");
    }

    /// <summary>Every message, by wire name.</summary>
    public IEnumerable<MessageContract> All => _byName.Values.OrderBy(contract => contract.Name, StringComparer.Ordinal);

    public MessageContract Find(Type type) =>
        _byType.GetValueOrDefault(type)
        ?? throw new InvalidOperationException($"{type.Name} is no message: it has no [Message] attribute, or it is not in the registered assembly.");

    public MessageContract? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    public byte[] Serialize(object message) => JsonSerializer.SerializeToUtf8Bytes(message, Find(message.GetType()).Json);

    private static IEnumerable<MessageContract> Find(JsonSerializerContext context) =>
        from type in context.GetType().Assembly.GetTypes()
        let attribute = type.GetCustomAttribute<MessageAttribute>()
        where attribute is not null
        let json = context.GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type.Name} has no source-generated JSON: add [JsonSerializable(typeof({type.Name}))] to {context.GetType().Name}.")
        select new MessageContract(type, attribute, json);
}

/// <summary>A message type as the engine knows it.</summary>
/// <param name="ClrType">The record.</param>
/// <param name="Attribute">Its name, destination and priority.</param>
/// <param name="Json">Its source-generated JSON.</param>
internal sealed record MessageContract(Type ClrType, MessageAttribute Attribute, JsonTypeInfo Json)
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true };

    public string Name => Attribute.Name;

    /// <summary>The CLR type of the reply, if the message is a request.</summary>
    public Type? ReplyType => ClrType.GetInterfaces()
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequest<>))
        ?.GetGenericArguments()[0];

    /// <summary>The JSON schema of the body, as the serializer reads it.</summary>
    public JsonNode Schema() => Json.GetJsonSchemaAsNode(Exporter);
}
