using System.Text.Json;
using Mom.Contracts.Json;
using Mom.Messaging.Contracts;

namespace Mom.Tests.Contracts;

/// <summary>The messages of this system, as the engine registers them.</summary>
internal static class RegisteredMessages
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MessageRegistry Registry { get; } = MessageRegistry.From(MomJsonContext.Default);

    public static TheoryData<string> Names { get; } = [.. Registry.All.Select(contract => contract.Name)];

    public static MessageContract Find(string name) => Registry.Find(name)!;
}
