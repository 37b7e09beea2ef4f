using Aspire.Hosting.Publishing;
using Mom.Contracts.Callers;

namespace Mom.AppHost.Model;

/// <summary>A private key of the curve P-256, which one service gets, and its public half for those that check what it has signed.</summary>
/// <remarks>
/// In run mode the private key is generated once and stored in user secrets, and the public key is computed from it. In publish mode both are
/// parameters, because a manifest computes nothing: <c>docs/sessions.md</c> shows how to generate them.
/// </remarks>
internal sealed class KeyPair
{
    private readonly IResourceBuilder<ParameterResource> _private;
    private readonly object _public;

    private KeyPair(IResourceBuilder<ParameterResource> privateKey, object publicKey) => (_private, _public) = (privateKey, publicKey);

    /// <param name="builder">This host.</param>
    /// <param name="name">The parameter of the private key.</param>
    /// <param name="publicName">The parameter of the public half, where it is published.</param>
    /// <param name="description">What it is for.</param>
    public static KeyPair Add(IDistributedApplicationBuilder builder, string name, string publicName, string description)
    {
        var runs = builder.ExecutionContext.IsRunMode;
        var key = (runs ? builder.AddParameter(name, new NewKey(name), secret: true, persist: true) : builder.AddParameter(name, secret: true))
            .WithDescription($"{description} A private key of the curve P-256, PKCS #8 in base64.");
        if (runs)
            return new KeyPair(key, new PublicHalf(key.Resource, publicName));

        var publicKey = builder.AddParameter(publicName)
            .WithDescription($"The public half of {name}, in base64: openssl pkey -pubout -outform DER | base64 -w0. While keys are exchanged, both, parted by a comma, where docs/sessions.md says so.");
        return new KeyPair(key, publicKey.Resource);
    }

    /// <summary>For the service that signs.</summary>
    public Action<EnvironmentCallbackContext> GiveAs(string variable) => context => context.EnvironmentVariables[variable] = _private.Resource;

    /// <summary>For a service that checks what was signed.</summary>
    public Action<EnvironmentCallbackContext> GivePublicHalfAs(string variable) => context => context.EnvironmentVariables[variable] = _public;

    private sealed class NewKey(string name) : ParameterDefault
    {
        public override string GetDefaultValue() => P256KeyPair.New();

        // Called in publish mode only, where there is no default.
        public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException($"{name} has no default where it is published.");
    }

    private sealed class PublicHalf(ParameterResource key, string publicName) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{publicName}.value}}";

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            if (await key.GetValueAsync(cancellationToken) is not { } text)
                return null;

            try
            {
                return P256KeyPair.PublicOf(text);
            }
            catch (InvalidOperationException exception)
            {
                throw new DistributedApplicationException($"The parameter {key.Name} is no private key of the curve P-256 as PKCS #8 in base64. Remove it, and a new one is made.", exception);
            }
        }
    }
}
