namespace Mom.AppHost.Publishing;

internal static class PublishTargets
{
    /// <summary>The setting <c>Publish:Target</c>: <c>compose</c>, <c>kubernetes</c> or <c>azure</c>.</summary>
    private const string Setting = "Publish:Target";

    /// <summary>What is configured; else Azure for <c>azd</c>, which asks for a manifest, and Docker Compose for <c>aspire publish</c>.</summary>
    /// <exception cref="DistributedApplicationException">The setting names no target.</exception>
    public static PublishTarget Of(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
            return PublishTarget.None;

        if (builder.Configuration[Setting] is not { Length: > 0 } name)
            return builder.Configuration["Publishing:Publisher"] is "manifest" ? PublishTarget.Azure : PublishTarget.Compose;

        return Enum.TryParse<PublishTarget>(name, ignoreCase: true, out var target) && target is not PublishTarget.None
            ? target
            : throw new DistributedApplicationException($"{Setting} is '{name}'. It is one of: compose, kubernetes, azure.");
    }

    /// <summary>Adds the environment that the services are published to. One at a time: each of them wants every service for itself.</summary>
    /// <exception cref="DistributedApplicationException">It is to be published, and was built without the targets.</exception>
    public static void AddPublishTarget(this IDistributedApplicationBuilder builder)
    {
        var target = Of(builder);
        if (target is PublishTarget.None)
            return;

#if MOM_PUBLISH
        switch (target)
        {
            case PublishTarget.Compose: builder.AddCompose(); break;
            case PublishTarget.Kubernetes: builder.AddKubernetes(); break;
            case PublishTarget.Azure: builder.AddAzure(); break;
        }
#else
        throw new DistributedApplicationException(
            "This AppHost was built without the packages for publishing. Set the environment variable MomPublish to true and start again, "
            + $"or run: ./mom publish {target.ToString().ToLowerInvariant()}");
#endif
    }
}
