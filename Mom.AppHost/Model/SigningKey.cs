using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Mom.AppHost.Model;

/// <summary>
/// The key that signs the tokens of all sessions. The API alone gets it; others get its public half, with which they can check tokens and not make
/// them.
/// </summary>
/// <remarks>
/// Run, the key is made once and kept in user secrets, and the public half is computed from it. Published, both are parameters, for a manifest can
/// compute nothing: see <c>docs/sessions.md</c> for how to make them.
/// </remarks>
internal sealed class SigningKey
{
    private const string Name = "jwt-signing-key";
    private const string PublicName = "jwt-public-keys";

    private readonly IResourceBuilder<ParameterResource> _key;
    private readonly object _publicKeys;

    private SigningKey(IResourceBuilder<ParameterResource> key, object publicKeys) => (_key, _publicKeys) = (key, publicKeys);

    public static SigningKey Add(IDistributedApplicationBuilder builder)
    {
        var runs = builder.ExecutionContext.IsRunMode;
        var key = (runs ? builder.AddParameter(Name, new NewKey(), secret: true, persist: true) : builder.AddParameter(Name, secret: true))
            .WithDescription("Signs the tokens of all sessions: a private key of the curve P-256, PKCS #8 in base64. A new one ends every session, unless both are known for a while.");
        if (runs)
            return new SigningKey(key, new PublicHalf(key.Resource));

        var publicKeys = builder.AddParameter(PublicName)
            .WithDescription("Checks the tokens of all sessions: the public half of the key that signs, in base64, and while keys are exchanged also the other one, after a comma.");
        return new SigningKey(key, publicKeys.Resource);
    }

    /// <summary>For the service that issues tokens.</summary>
    public void GiveTo(EnvironmentCallbackContext context) => context.EnvironmentVariables["Jwt__Key"] = _key.Resource;

    /// <summary>For a service that checks tokens.</summary>
    public void GivePublicHalfTo(EnvironmentCallbackContext context) => context.EnvironmentVariables["Jwt__PublicKeys"] = _publicKeys;

    private sealed class NewKey : ParameterDefault
    {
        public override string GetDefaultValue()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
        }

        // Only asked for what is published, where there is no default.
        public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException($"{Name} has no default where it is published.");
    }

    private sealed class PublicHalf(ParameterResource key) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{PublicName}.value}}";

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            if (await key.GetValueAsync(cancellationToken) is not { } text)
                return null;

            try
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
                return Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo());
            }
            catch (Exception exception) when (exception is FormatException or CryptographicException)
            {
                throw new DistributedApplicationException($"The parameter {Name} is no private key of the curve P-256 as PKCS #8 in base64. Remove it, and a new one is made.", exception);
            }
        }
    }
}
