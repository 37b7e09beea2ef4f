using Mom.Sessions.Store;

namespace Mom.Sessions;

/// <summary>A token is not taken, for its session is over. The message is for its holder.</summary>
internal sealed class SessionOverException(SessionState state) : Exception(Describe(state))
{
    private static string Describe(SessionState state) => state switch
    {
        SessionState.Reused => "This token was renewed, and used again after that. Somebody else may have it: the session was ended. Log in again.",
        SessionState.Revoked => "The password was changed, or all sessions were ended. Log in again.",
        _ => "The session is over. Log in again.",
    };
}
