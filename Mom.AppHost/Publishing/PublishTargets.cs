namespace Mom.AppHost.Publishing;

internal static class PublishTargets
{
    /// <summary>The setting <c>Publish:Target</c>: <c>compose</c>, <c>kubernetes</c> or <c>azure</c>.</summary>
    private const string Setting = "Publish:Target";

#if MOM_PUBLISH
    private const bool AreBuilt = true;
#else
    private const bool AreBuilt = false;
#endif

    /// <summary>The configured target; else Azure for <c>azd</c>, which asks for a manifest, and Docker Compose for everybody else.</summary>
    public static PublishTarget Of(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
            return PublishTarget.None;

        if (builder.Configuration[Setting] is not { Length: > 0 } name)
            return builder.Configuration["Publishing:Publisher"] is "manifest" ? PublishTarget.Azure : PublishTarget.Compose;

        return name.ToLowerInvariant() switch
        {
            "compose" => PublishTarget.Compose,
            "kubernetes" => PublishTarget.Kubernetes,
            "azure" => PublishTarget.Azure,
            _ => PublishTarget.None,
        };
    }

    /// <summary>
    /// Whether this host can do what it was started for. If publishing is impossible, one sentence on the error stream says why, and the
    /// process must end with exit code 1: an exception would hide the sentence in a stack trace.
    /// </summary>
    public static bool CanPublishOrRun(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
            return true;

        var target = Of(builder);
        if (target is not PublishTarget.None && AreBuilt)
            return true;

        Console.Error.WriteLine(target is PublishTarget.None
            ? $"{Setting} is '{builder.Configuration[Setting]}', and should be compose, kubernetes or azure."
            : "This AppHost was built without what publishing needs: set the environment variable MomPublish to true and start again, "
                + $"or run ./mom publish {target.ToString().ToLowerInvariant()}");
        return false;
    }

    /// <summary>Adds the environment that the services are published to. One at a time: each of them wants every service for itself.</summary>
    public static void AddPublishTarget(this IDistributedApplicationBuilder builder)
    {
#if MOM_PUBLISH
        switch (Of(builder))
        {
            case PublishTarget.Compose: builder.AddCompose(); break;
            case PublishTarget.Kubernetes: builder.AddKubernetes(); break;
            case PublishTarget.Azure: builder.AddAzure(); break;
        }
#endif
    }
}
