using System.Text.Json;

/// <summary>The system that runs beside the experiments: what `./mom up` or `dotnet run --project Mom.AppHost` has started.</summary>
internal static class Running
{
    /// <summary>RabbitMQ: the variable ConnectionStrings__rabbitmq, else the broker of the AppHost.</summary>
    public static Uri Broker => new(Variable("rabbitmq") ?? $"amqp://guest:{Password("rabbitmq")}@127.0.0.1:7072");

    /// <summary>Redis: the variable ConnectionStrings__redis, else the one of the AppHost.</summary>
    public static string Redis => Variable("redis") ?? $"127.0.0.1:7073,password={Password("redis")}";

    /// <summary>Postgres: the variable ConnectionStrings__momdb, else the database of the AppHost.</summary>
    public static string Database => Variable("momdb") ?? $"Host=127.0.0.1;Port=7071;Username=postgres;Password={Password("postgres")};Database=momdb";

    /// <summary>A service: the variable named services__{name}__http__0, else its fixed port.</summary>
    public static Uri Service(string name, int port) => new(Environment.GetEnvironmentVariable($"services__{name}__http__0") ?? $"http://127.0.0.1:{port}");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"ConnectionStrings__{name}") is { Length: > 0 } text ? text : null;

    // The AppHost makes the passwords at its first start, and keeps them in the user secrets of its project.
    private static string Password(string server)
    {
        var home = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Microsoft", "UserSecrets")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets");
        var file = Path.Combine(home, "6d2f7a6e-5a0b-4c57-9a3c-0f6b6f5f9d41", "secrets.json");
        var secrets = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(file)) : null;
        return secrets?.TryGetValue($"Parameters:{server}-password", out var password) == true
            ? Uri.EscapeDataString(password.GetString()!)
            : throw new InvalidOperationException($"There is no running system yet. Start it with ./mom up, or set ConnectionStrings__{server}.");
    }
}
