namespace Mom.Contracts.Users;

/// <summary>Answer of <c>POST /session/end-others</c> and of <c>POST /admin/users/{id}/end-sessions</c>.</summary>
/// <param name="Ended">How many sessions were ended.</param>
public sealed record EndedSessions(int Ended);
