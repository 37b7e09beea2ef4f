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

    /// <summary>
    /// All types with a <see cref="MessageAttribute"/> beside the JSON contexts or in them, and the engine's own replies. The JSON of a type may be in
    /// any of the contexts, and in any other of their assemblies.
    /// </summary>
    /// <exception cref="InvalidOperationException">A message has no source-generated JSON, or a name is used twice.</exception>
    public static MessageRegistry From(params IReadOnlyCollection<JsonSerializerContext> contexts)
    {
        var all = contexts.Concat(contexts.Select(context => context.GetType().Assembly).Distinct().SelectMany(ContextsOf)).Append(EngineJsonContext.Default);
        var contracts = Find([.. all.DistinctBy(context => context.GetType())]).ToList();
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

    /// <summary>The contexts of an assembly.</summary>
    public static IEnumerable<JsonSerializerContext> ContextsOf(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && !type.IsAbstract)
        .Select(type => type.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)).OfType<JsonSerializerContext>();

    private static IEnumerable<MessageContract> Find(IReadOnlyList<JsonSerializerContext> contexts)
    {
        var found = contexts.SelectMany(context => context.GetType().Assembly.GetTypes().Concat(TypesOf(context))).Distinct()
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<MessageAttribute>())).Where(item => item.Attribute is not null).ToList();
        var replies = found.Select(item => MessageContract.ReplyOf(item.Type)).OfType<Type>().ToHashSet();
        foreach (var (type, attribute) in found)
        {
            // That of the message's own assembly first: it is the one that its author has looked at.
            var json = contexts.OrderBy(context => context.GetType().Assembly == type.Assembly ? 0 : 1).Select(context => context.GetTypeInfo(type)).FirstOrDefault(info => info is not null)
                ?? throw new InvalidOperationException(
                    $"{type.Name} has no source-generated JSON: add [JsonSerializable(typeof({type.Name}))] to {string.Join(" or ", contexts.Where(context => context.GetType().Assembly == type.Assembly).Select(context => context.GetType().Name))}.");
            yield return new MessageContract(type, attribute!, json) { IsReply = replies.Contains(type) || type.Assembly == typeof(EngineJsonContext).Assembly };
        }
    }

    // The generator makes a property of each type that a context knows, in whatever assembly the type is.
    private static IEnumerable<Type> TypesOf(JsonSerializerContext context) => context.GetType().GetProperties()
        .Select(property => property.PropertyType).Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>)).Select(type => type.GetGenericArguments()[0]);
}

/// <summary>A message type as the engine knows it.</summary>
/// <param name="ClrType">The record.</param>
/// <param name="Attribute">Its name, destination and priority.</param>
/// <param name="Json">Its source-generated JSON.</param>
internal sealed record MessageContract(Type ClrType, MessageAttribute Attribute, JsonTypeInfo Json)
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true };

    public string Name => Attribute.Name;

    /// <summary>Whether it is what a request is answered with.</summary>
    public bool IsReply { get; init; }

    /// <summary>The queue that it goes to: the one that it names, or by convention; <see langword="null"/> for events and replies.</summary>
    public string? Queue => Attribute.Queue ?? (Attribute.Topic is null && !IsReply ? QueueConvention.Of(Name) : null);

    /// <summary>The CLR type of the reply, if the message is a request.</summary>
    public Type? ReplyType { get; } = ReplyOf(ClrType);

    /// <summary>The CLR type of the reply to a request; <see langword="null"/> for a message that is none.</summary>
    public static Type? ReplyOf(Type message) => message.GetInterfaces()
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequest<>))
        ?.GetGenericArguments()[0];

    /// <summary>The JSON schema of the body, as the serializer reads it.</summary>
    public JsonNode Schema() => Json.GetJsonSchemaAsNode(Exporter);
}
