namespace Mom.Contracts;

/// <summary>Keys in Redis that more than one service touches.</summary>
public static class MomCacheKeys
{
    /// <summary>The list of users as JSON. The API writes it, for 30 s; the db worker deletes it when somebody registers.</summary>
    public const string Users = "users";
}
