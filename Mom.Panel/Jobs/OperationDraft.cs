namespace Mom.Panel.Jobs;

/// <summary>One operation while somebody writes it.</summary>
public sealed class OperationDraft
{
    /// <summary>See <see cref="Contracts.Jobs.MathMethods"/>.</summary>
    public string Method { get; set; } = "add";

    /// <summary>A comma list.</summary>
    public string Numbers { get; set; } = "";
}
