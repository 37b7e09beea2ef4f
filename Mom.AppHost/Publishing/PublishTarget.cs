namespace Mom.AppHost.Publishing;

/// <summary>Where the model is published to.</summary>
internal enum PublishTarget
{
    /// <summary>Nowhere: it runs, or no target has the configured name.</summary>
    None,

    /// <summary>A <c>docker-compose.yaml</c> for one machine.</summary>
    Compose,

    /// <summary>A Helm chart.</summary>
    Kubernetes,

    /// <summary>Azure Container Apps.</summary>
    Azure,
}
