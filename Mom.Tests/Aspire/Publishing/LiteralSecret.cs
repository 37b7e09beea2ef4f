using System.Text.RegularExpressions;

namespace Mom.Tests.AspireTests.Publishing;

internal static partial class LiteralSecret
{
    /// <summary>A password or key in YAML whose value is neither a reference to where it will be given nor empty.</summary>
    [GeneratedRegex("(?im)^\\s*[a-z_]*(password|jwt_signing_key|jwt__key): \"(?!\\$\\{|\\{\\{|\")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Pattern();
}
