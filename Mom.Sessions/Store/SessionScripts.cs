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
    public const string Check = Verdict + Seen + """
        return {state, role}
        """;

    /// <summary>
    /// As <see cref="Check"/>, and takes a token of an <see cref="Allowance"/>. Two more keys: the bucket, and where it is noted that the request was
    /// counted. Further arguments: tokens per second, tokens at once, 1 where the request may be sent again, the role that takes none. The third
    /// value of the answer is in milliseconds: 0 when there was a token, else until there is one.
    /// </summary>
    /// <remarks>When the clock of Redis goes back, or the limits change, the bucket is empty at worst, and fills from then on.</remarks>
    public const string CheckAndTake = Verdict + Seen + """
        local function take()
          if ARGV[7] == '1' then
            local sent = redis.call('INCR', KEYS[5])
            if sent == 1 then redis.call('EXPIRE', KEYS[5], 600) end
            if sent > 1 and sent <= 10 then return 0 end
          end
          local at = time[1] * 1000000 + time[2]
          local each = 1000000 / tonumber(ARGV[5])
          local most = each * tonumber(ARGV[6])
          local known = tonumber(redis.call('GET', KEYS[4]) or at)
          local full = math.min(math.max(known, at), at + most)
          local lacks = full + each - at - most
          local wait = 0
          if lacks > 1 then
            wait = math.ceil(lacks / 1000)
            if ARGV[7] == '1' then redis.call('DEL', KEYS[5]) end
            if full == known then return wait end
          else
            full = full + each
          end
          redis.call('SET', KEYS[4], string.format('%.0f', full), 'PX', math.ceil((full - at) / 1000))
          return wait
        end
        return {state, role, role == ARGV[8] and 0 or take()}
        """;

    /// <summary>Arguments: token id, its successor, grace in ms, idle life in ms.</summary>
    public const string Renew = Verdict + """
        if state ~= 'good' then return {state, role} end
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
        local state = 'good'
        if ARGV[3] ~= '' and ARGV[3] ~= s[1] then
          if ARGV[3] ~= s[2] or now >= tonumber(s[3]) then over() return {'reused', ''} end
          state = 'former'
        end

        """;

    private const string Seen = """
        if state == 'good' and now - tonumber(s[6]) > tonumber(ARGV[4]) then redis.call('HSET', KEYS[1], 'seen', now) end

        """;
}
