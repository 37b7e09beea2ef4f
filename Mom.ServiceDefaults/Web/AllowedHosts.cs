using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Mom.ServiceDefaults.Web;

/// <summary>
/// The names that a service goes by: those of this machine, and those of the setting <c>AllowedHosts</c>, parted by semicolons, where
/// <c>*.example.org</c> means all below it and <c>*</c> any. A request for another name is answered 400.
/// </summary>
/// <remarks>
/// Else a page of somebody else whose name is made to lead to 127.0.0.1 (DNS rebinding) would be of the same origin as a service of a developer's
/// machine, and could talk to it. ASP.NET Core's own filter takes any name when nothing is configured.
/// </remarks>
internal sealed class AllowedHosts
{
    private readonly IList<StringSegment> _names;

    private AllowedHosts(IList<StringSegment> names) => _names = names;

    public static AllowedHosts From(IConfiguration configuration) => new(
        [.. (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => new StringSegment(name))]);

    /// <param name="host">As in the header <c>Host</c>, with or without a port.</param>
    public bool Contains(HostString host) => host.HasValue && (IsLoopback(host.Host) || Matches(host));

    /// <summary>RFC 6761, section 6.3: <c>localhost</c> and all below it never leave this machine.</summary>
    public static bool IsLoopback(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    private bool Matches(HostString host)
    {
        try
        {
            return _names.Contains("*") || (_names.Count > 0 && HostString.MatchesAny(host.Value, _names));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

internal static class HostFilter
{
    /// <summary>Probes call a container by its address; what they get is whether it is well, and nothing else.</summary>
    private static readonly PathString[] Probes = [HealthEndpoints.Readiness, HealthEndpoints.Liveness];

    public static void UseAllowedHosts(this IApplicationBuilder app, AllowedHosts allowed) => app.Use((http, next) =>
        allowed.Contains(http.Request.Host) || Probes.Contains(http.Request.Path)
            ? next(http)
            : Refusal.WriteAsync(http, StatusCodes.Status400BadRequest, "This service does not go by the name that the request has in its header Host. Its names are in the setting AllowedHosts."));
}
