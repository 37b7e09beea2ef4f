namespace Mom.AppHost.Model.Servers;

/// <summary>A server in a container keeps its data, and with them the password that it was first started with.</summary>
/// <remarks>Native servers find it out before they start; what is in a container's volume is known only when a login is refused.</remarks>
internal static class WrongPassword
{
    // Postgres: invalid_password, https://www.postgresql.org/docs/current/errcodes-appendix.html. AMQP 0-9-1: access-refused, code 403.
    private static readonly string[] Refusals = ["28P01", "ACCESS_REFUSED"];

    /// <summary>What to do where the message of a health check says that a login was refused; otherwise null.</summary>
    public static string? Advice(string message) => Refusals.Any(refusal => message.Contains(refusal, StringComparison.Ordinal))
        ? "Its data were made with another password than its parameter has now. Set the parameter to the old one, or delete the data of all servers: ./mom reset"
        : null;
}
