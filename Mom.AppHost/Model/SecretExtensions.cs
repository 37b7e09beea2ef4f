namespace Mom.AppHost.Model;

internal static class SecretExtensions
{
    /// <summary>A generated password of 20 letters and digits, kept in user secrets between runs.</summary>
    public static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string name)
        => builder.AddParameter(
            name,
            new GenerateParameterDefault { MinLength = 20, MinLower = 1, MinUpper = 1, MinNumeric = 1, Special = false },
            secret: true,
            persist: true);

    /// <summary>The password that a server's container is made with, named as Aspire names the one that it makes itself.</summary>
    /// <remarks>A server sets it when its volume is new: another one later, and nobody can log in.</remarks>
    public static IResourceBuilder<ParameterResource> AddServerPassword(this IDistributedApplicationBuilder builder, string server)
        => builder.AddPassword($"{server}-password")
            .WithDescription($"The password of {server}. It holds from the first start of an empty volume on; a new one needs an empty volume.");
}
