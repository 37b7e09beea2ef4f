namespace Mom.Contracts;

/// <summary>
/// The names by which services are known to the servers, where each has its own: the users of RabbitMQ and Redis. Who may do what is told in
/// <c>docs/least-privilege.md</c>.
/// </summary>
public static class MomUsers
{
    /// <summary>Declares exchanges and queues, and migrates the database; the only one that may.</summary>
    public const string Deployer = "deployer";

    /// <summary>Sends commands and queries, and reads its replies.</summary>
    public const string Api = "api";

    /// <summary>With this user the API reads the broker's management HTTP API, and nothing else.</summary>
    public const string ApiMonitoring = "api-monitoring";

    /// <summary>Consumes commands, queries and dead letters; sends steps, events and replies.</summary>
    public const string DbWorker = "db-worker";

    /// <summary>Consumes steps, and sends their results.</summary>
    public const string MathWorker = "math-worker";

    /// <summary>Consumes events.</summary>
    public const string Socket = "socket";

    /// <summary>
    /// The setting that says whether services have broker users of these names. Then messages and replies are accepted only from the users that may
    /// send them; with one user for all there is nothing to tell them apart by.
    /// </summary>
    public const string CheckSenders = "Messaging:CheckSenders";

    /// <summary>Who may send, for <c>AllowedSenders</c>; <see langword="null"/>, any, unless <paramref name="check"/>.</summary>
    /// <param name="check">The value of <see cref="CheckSenders"/>.</param>
    /// <param name="users">Names of users.</param>
    public static IReadOnlyCollection<string>? Only(bool check, params IReadOnlyCollection<string> users) => check ? users : null;
}
