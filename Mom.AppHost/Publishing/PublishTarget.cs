namespace Mom.AppHost.Publishing;

/// <summary>Where the model is published to.</summary>
internal enum PublishTarget
{
    /// <summary>It is not published, it runs.</summary>
    None,

    /// <summary>A <c>docker-compose.yaml</c> for one machine.</summary>
    Compose,

    /// <summary>A Helm chart.</summary>
    Kubernetes,

    /// <summary>Azure Container Apps.</summary>
    Azure,
}
