namespace Mom.AppHost.Publishing;

/// <summary>What one replica of a service is given, the same on every target. At rest a service takes 95 (math service) to 165 MiB (db worker).</summary>
internal static class ReplicaSize
{
    /// <summary>Upper limit of memory in MiB; a process that needs more is ended and started anew.</summary>
    public const int MemoryLimit = 512;

    /// <summary>Memory in MiB that a scheduler keeps free for it.</summary>
    public const int MemoryRequest = 192;

    /// <summary>Thousandths of a core that a scheduler keeps free for it. There is no upper limit: who has work may take what is idle.</summary>
    public const int MilliCoresRequest = 100;

    /// <summary>Azure Container Apps sells cores and memory in fixed pairs: 0.25 cores go with 512 MiB, which is the smallest.</summary>
    public const double AzureCores = 0.25;
}
