using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mom.Tests.Support;

/// <summary>A certificate for localhost that a process trusts when it is told to, as that of <c>dotnet dev-certs https --trust</c> is.</summary>
internal sealed class DeveloperCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mom-certificate").FullName;

    public DeveloperCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "server authentication")], critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>In PEM. As <c>SSL_CERT_FILE</c> it makes a process on Linux trust it, and nothing else.</summary>
    public string CertificateFile => Path.Combine(_folder, "localhost.pem");

    /// <summary>In PEM.</summary>
    public string KeyFile => Path.Combine(_folder, "localhost.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
