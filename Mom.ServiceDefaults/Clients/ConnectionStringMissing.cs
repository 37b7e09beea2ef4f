namespace Mom.ServiceDefaults.Clients;

/// <summary>One sentence, for all clients, that says where a connection string was looked for.</summary>
internal static class ConnectionStringMissing
{
    public static InvalidOperationException Create(string connectionName, string section) => new(
        $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the 'ConnectionString' key in the '{section}' configuration section.");
}
