using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;

namespace Mom.Api.Requests;

/// <summary>
/// Where a request comes from. A proxy says it in <c>X-Forwarded-For</c>, and so does the panel; believed is only the last entry of one that
/// <c>Proxies:Trusted</c> names (addresses or networks as in <c>10.0.0.0/8</c>, separated by commas) or that runs on this machine.
/// </summary>
internal static class ClientAddress
{
    public static void AddClientAddress(this WebApplicationBuilder builder)
    {
        var trusted = (builder.Configuration["Proxies:Trusted"] ?? string.Empty)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Read).ToList();
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            trusted.ForEach(options.KnownIPNetworks.Add);
        });
    }

    /// <summary>The address as one caller: of IPv6 the network of 64 bits, for that is what one customer gets (RFC 6177).</summary>
    public static string Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily is AddressFamily.InterNetworkV6 ? $"{new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64" : $"{address}";
    }

    private static System.Net.IPNetwork Read(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return System.Net.IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidOperationException($"Proxies:Trusted has '{text}', which is neither an address nor a network such as 10.0.0.0/8.");
    }
}
