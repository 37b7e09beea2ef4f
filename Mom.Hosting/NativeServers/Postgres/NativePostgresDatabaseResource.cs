namespace Mom.Hosting.NativeServers.Postgres;

/// <summary>A database of a native Postgres, made when the server is ready and the database is not there yet.</summary>
/// <param name="name">The name of the resource and of its connection string.</param>
/// <param name="databaseName">The name of the database.</param>
/// <param name="parent">The server.</param>
public sealed class NativePostgresDatabaseResource(string name, string databaseName, NativePostgresServerResource parent)
    : Resource(name), IResourceWithParent<NativePostgresServerResource>, IResourceWithConnectionString
{
    public NativePostgresServerResource Parent { get; } = parent;

    public string DatabaseName { get; } = databaseName;

    /// <summary>For Npgsql: that of the server, with the database.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={DatabaseName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
        => Parent.CombineProperties([new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}"))]);
}
