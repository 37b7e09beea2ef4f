using System.Text.Json.Serialization.Metadata;

namespace Mom.Messaging.Contracts;

/// <summary>A message type as the engine knows it.</summary>
/// <param name="ClrType">The record.</param>
/// <param name="Attribute">Its name, destination and priority.</param>
/// <param name="Json">Its source-generated JSON.</param>
internal sealed record MessageContract(Type ClrType, MessageAttribute Attribute, JsonTypeInfo Json)
{
    public string Name => Attribute.Name;
}
