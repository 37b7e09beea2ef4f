namespace Mom.Sessions.Store;

/// <summary>A token could not be checked because the session store is unavailable. Nobody is let in, and the answer is 503, not 401.</summary>
internal sealed class SessionStoreUnavailableException(Exception innerException)
    : Exception("Sessions cannot be checked at the moment.", innerException);
