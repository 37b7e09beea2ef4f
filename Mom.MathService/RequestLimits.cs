namespace Mom.MathService;

/// <summary>How large a question may be. Within these limits every answer of the basic operations is exact and takes well under a second.</summary>
public static class RequestLimits
{
    /// <summary>Numbers in one request.</summary>
    public const int Numbers = 1_000;

    /// <summary>Characters of one number, with sign and point.</summary>
    public const int NumberCharacters = 10_000;

    /// <summary>Characters of the whole list, with commas.</summary>
    public const int ListCharacters = 32_768;

    /// <summary>Digits of a number to be factored.</summary>
    public const int FactorDigits = 300;

    /// <summary>
    /// Bytes of the request line. Kestrel's own limit is 8 KiB, and it answers what is longer with a bare 414; this leaves
    /// room for a list of full length with every character percent-encoded.
    /// </summary>
    public const int RequestLineBytes = 128 * 1024;
}
