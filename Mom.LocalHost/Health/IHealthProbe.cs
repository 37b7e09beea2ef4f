namespace Mom.LocalHost.Health;

/// <summary>Asks a server or service whether it can do its work now.</summary>
internal interface IHealthProbe
{
    /// <returns><see langword="null"/> when healthy, otherwise why not, in a few words.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
