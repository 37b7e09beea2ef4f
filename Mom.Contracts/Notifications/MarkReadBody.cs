namespace Mom.Contracts.Notifications;

/// <summary>Body of <c>POST /notification/read</c>.</summary>
/// <param name="Ids">Which notifications were seen; without it, all of them.</param>
public sealed record MarkReadBody(IReadOnlyList<Guid>? Ids = null);
