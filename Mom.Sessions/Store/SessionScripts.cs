namespace Mom.Sessions.Store;

/// <summary>
/// What happens to a session in one step. By Redis's own clock, which is one for all replicas. Keys: the session, the user's index, the user's
/// access. The first argument is the session's id, the second the channel of <see cref="SessionEnded"/>.
/// </summary>
internal static class SessionScripts
{
    /// <summary>Arguments: token id, data, role, version, idle life in ms, longest life in ms, address, user agent.</summary>
    public const string Start = Clock + """
        local ends = now + tonumber(ARGV[8])
        redis.call('HSET', KEYS[1], 'jti', ARGV[3], 'data', ARGV[4], 'role', ARGV[5], 'version', ARGV[6],
          'created', now, 'seen', now, 'ends', ends, 'address', ARGV[9], 'agent', ARGV[10])
        local life = math.min(tonumber(ARGV[7]), tonumber(ARGV[8]))
        redis.call('PEXPIRE', KEYS[1], life)
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
        redis.call('ZADD', KEYS[2], now + life, ARGV[1])
        if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[8]) then redis.call('PEXPIRE', KEYS[2], ARGV[8]) end
        return ends
        """;

    /// <summary>Arguments: token id, or empty for whichever; how much older, in ms, the time of the last sign may be before it is written again.</summary>
    public const string Check = Verdict + """
        if now - tonumber(s[6]) > tonumber(ARGV[4]) then redis.call('HSET', KEYS[1], 'seen', now) end
        return {'good', role}
        """;

    /// <summary>Arguments: token id, its successor, grace in ms, idle life in ms.</summary>
    public const string Renew = Verdict + """
        local ends = tonumber(redis.call('HGET', KEYS[1], 'ends'))
        local life = math.min(tonumber(ARGV[6]), ends - now)
        if life <= 0 then over() return {'over', ''} end
        redis.call('HSET', KEYS[1], 'jti', ARGV[4], 'former', ARGV[3], 'until', now + tonumber(ARGV[5]), 'seen', now)
        redis.call('PEXPIRE', KEYS[1], life)
        redis.call('ZADD', KEYS[2], now + life, ARGV[1])
        return {'good', role, redis.call('HGET', KEYS[1], 'data'), ends}
        """;

    /// <summary>No further arguments. Returns 1 when there was such a session.</summary>
    public const string End = Over + """
        local there = redis.call('EXISTS', KEYS[1])
        over()
        return there
        """;

    /// <summary>
    /// One key: the user's access. Arguments: role, version, version before which sessions are over or empty, the session that stays all the
    /// same, life in ms. What is older than what is there changes nothing: it may come twice, and late.
    /// </summary>
    public const string SetAccess = """
        local known = redis.call('HMGET', KEYS[1], 'version', 'before')
        if not known[1] or tonumber(ARGV[2]) > tonumber(known[1]) then redis.call('HSET', KEYS[1], 'role', ARGV[1], 'version', ARGV[2]) end
        if ARGV[3] ~= '' and (not known[2] or tonumber(ARGV[3]) > tonumber(known[2])) then
          redis.call('HSET', KEYS[1], 'before', ARGV[3], 'kept', ARGV[4])
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[5])
        return 1
        """;

    private const string Clock = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)

        """;

    // Deleting and telling is one step: a process that dies after it has told.
    private const string Over = """
        local function over()
          redis.call('ZREM', KEYS[2], ARGV[1])
          if redis.call('DEL', KEYS[1]) == 1 then redis.call('PUBLISH', ARGV[2], ARGV[1]) end
        end

        """;

    // The role is the user's present one: what has changed since the login goes before what the login found.
    private const string Verdict = Clock + Over + """
        local s = redis.call('HMGET', KEYS[1], 'jti', 'former', 'until', 'role', 'version', 'seen')
        if not s[1] then return {'over', ''} end
        local a = redis.call('HMGET', KEYS[3], 'role', 'version', 'before', 'kept')
        if a[3] and tonumber(s[5]) < tonumber(a[3]) and a[4] ~= ARGV[1] then over() return {'revoked', ''} end
        local role = s[4]
        if a[1] and tonumber(a[2]) >= tonumber(s[5]) then role = a[1] end
        if ARGV[3] ~= '' and ARGV[3] ~= s[1] then
          if ARGV[3] == s[2] and now < tonumber(s[3]) then return {'former', role} end
          over()
          return {'reused', ''}
        end

        """;
}
