using Microsoft.Extensions.Configuration;

namespace Mom.AppHost.Model;

internal static class ServerExtensions
{
    /// <summary>The server configured as <c>ConnectionStrings:{name}</c>, else the one that <paramref name="container"/> adds.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionStringOr(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string, IResourceBuilder<IResourceWithConnectionString>> container)
        => string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name)) ? container(name) : builder.AddConnectionString(name);

    /// <summary>Keeps Redis on plain TCP.</summary>
    /// <remarks>
    /// Aspire gives it TLS where a trusted developer certificate is found. Port 7073 would then speak TLS on some machines and not on
    /// others, and never under Mom.LocalHost; it is bound to the loopback interface only.
    /// </remarks>
    public static IResourceBuilder<RedisResource> WithoutTls(this IResourceBuilder<RedisResource> redis)
    {
#pragma warning disable ASPIRECERTIFICATES001 // Experimental in 13.5; to be looked at again when Aspire is updated.
        return redis.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
    }
}
