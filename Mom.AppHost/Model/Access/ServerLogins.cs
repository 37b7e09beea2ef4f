namespace Mom.AppHost.Model.Access;

/// <summary>The users that a server of this host has, one for each service. Without it, as at a server that somebody else runs, there is one for all.</summary>
/// <param name="connectionStringOf">The connection string of a user, known once the server has its addresses.</param>
/// <param name="passwords">Of every user, by its name.</param>
internal sealed class ServerLogins(Func<string, ReferenceExpression> connectionStringOf, IReadOnlyDictionary<string, ParameterResource> passwords) : IResourceAnnotation
{
    public ReferenceExpression ConnectionStringOf(string user) => connectionStringOf(user);

    public ParameterResource PasswordOf(string user) => passwords[user];

    public async Task<Dictionary<string, string>> PasswordsAsync(CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (user, parameter) in passwords)
            values[user] = await parameter.GetValueAsync(cancellationToken) ?? throw new DistributedApplicationException($"There is no value for {parameter.Name}.");
        return values;
    }
}
