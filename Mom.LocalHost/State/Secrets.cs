using System.Security.Cryptography;
using System.Text.Json;

namespace Mom.LocalHost.State;

/// <summary>What is generated once and kept: nothing of it has a default that somebody could know.</summary>
public sealed record Secrets
{
    /// <summary>Of the user <c>mom</c> of the broker.</summary>
    public required string RabbitMqPassword { get; init; }

    /// <summary>Of the user <c>mom</c> of the database.</summary>
    public required string PostgresPassword { get; init; }

    public required string RedisPassword { get; init; }

    /// <summary>48 random bytes in base64, to sign tokens with.</summary>
    public required string JwtKey { get; init; }

    /// <summary>By which Erlang nodes know each other.</summary>
    public required string ErlangCookie { get; init; }

    /// <summary>The administrator that the db worker creates at its first start.</summary>
    public required string AdminEmail { get; init; }

    public required string AdminPassword { get; init; }

    internal static Secrets LoadOrCreate(StateDirectory state)
    {
        if (File.Exists(state.SecretsFile))
        {
            return Read(state.SecretsFile)
                ?? throw new LocalHostException($"{state.SecretsFile} does not hold the passwords any more. Start anew with: ./mom reset");
        }

        var secrets = Create();
        PrivateFile.Write(state.SecretsFile, JsonSerializer.Serialize(secrets, StateJson.Default.Secrets));
        return secrets;
    }

    private static Secrets? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), StateJson.Default.Secrets);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Hex only: safe in URLs, connection strings and configuration files without any escaping.
    private static Secrets Create() => new()
    {
        RabbitMqPassword = RandomNumberGenerator.GetHexString(32, lowercase: true),
        PostgresPassword = RandomNumberGenerator.GetHexString(32, lowercase: true),
        RedisPassword = RandomNumberGenerator.GetHexString(32, lowercase: true),
        JwtKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
        ErlangCookie = RandomNumberGenerator.GetHexString(32),
        AdminEmail = "admin@mom.local",
        // Typed by people: no letters or digits that look alike. 20 of 54 signs are 115 bits.
        AdminPassword = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20),
    };
}
