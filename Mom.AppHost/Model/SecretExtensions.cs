using Aspire.Hosting.Publishing;
using Mom.Contracts.Callers;

namespace Mom.AppHost.Model;

internal static class SecretExtensions
{
    /// <summary>A generated key of 33 bytes in base64, kept in user secrets between runs.</summary>
    /// <remarks>
    /// The key is used as base64. Any 44 letters and digits are valid base64 of 33 bytes, and are of more than 260 random bits.
    /// </remarks>
    public static IResourceBuilder<ParameterResource> AddSigningKey(this IDistributedApplicationBuilder builder, string name)
        => builder.AddParameter(name, new GenerateParameterDefault { MinLength = 44, Special = false }, secret: true, persist: true);

    /// <summary>A generated private key of the curve P-256, PKCS #8 in base64, kept in user secrets between runs.</summary>
    public static IResourceBuilder<ParameterResource> AddCallerKey(this IDistributedApplicationBuilder builder, string name)
        => builder.ExecutionContext.IsPublishMode ? builder.AddParameter(name, secret: true) : builder.AddParameter(name, new GeneratedCallerKey(), secret: true, persist: true);

    /// <summary>Gives a service the public key of a private one. What is published is asked for it: nothing of this host is where that key is known.</summary>
    public static IResourceBuilder<ProjectResource> WithPublicKeyOf(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource> privateKey, string variable)
    {
        var builder = service.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
        {
            return service.WithEnvironment(
                variable,
                builder.AddParameter("caller-public-key").WithDescription("The public key of caller-key: openssl pkey -pubout -outform DER | base64 -w0, as in docs/least-privilege.md."));
        }

        return service.WithEnvironment(async context =>
        {
            // A test that reads the model as if it were published starts nothing, and has no value.
            if (context.ExecutionContext.IsRunMode)
                context.EnvironmentVariables[variable] = CallerKey.PublicOf((await privateKey.Resource.GetValueAsync(context.CancellationToken))!);
            else
                context.EnvironmentVariables[variable] = string.Empty;
        });
    }

    private sealed class GeneratedCallerKey : ParameterDefault
    {
        public override string GetDefaultValue() => CallerKey.New();

        public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException("What is published is asked for it.");
    }

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
