using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Mom.Messaging.Contracts;

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
