using Aspire.Hosting.Lifecycle;

namespace Mom.Hosting.Restarts;

/// <summary>Restarts of resources that have ended.</summary>
public static class RestartExtensions
{
    /// <summary>Starts the resource again whenever it ends and nobody has asked it to.</summary>
    /// <remarks>
    /// <para>
    /// Aspire leaves a crashed service dead (<see href="https://github.com/microsoft/aspire/issues/5003"/>). This starts it again after a
    /// growing wait, says so in its state and its log, and gives up when it ends too often. Each replica is restarted alone.
    /// </para>
    /// <para>
    /// A resource that a person has stopped stays so: by the dashboard, <c>aspire resource</c> or <see cref="ResourceCommandService"/>. A
    /// person's start after it was given up begins again. Nothing is restarted while the application stops, or when it is published.
    /// </para>
    /// </remarks>
    /// <param name="resource">A project, executable or container.</param>
    /// <param name="options">How often and how soon; null: the defaults.</param>
    /// <exception cref="ArgumentException">The resource is of another kind: nothing of it runs that could end.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IResourceBuilder<T> WithAutomaticRestart<T>(this IResourceBuilder<T> resource, RestartOptions? options = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource.Resource is not (ProjectResource or ExecutableResource) && !resource.Resource.IsContainer())
            throw new ArgumentException($"{resource.Resource.Name} is neither a project, an executable nor a container.", nameof(resource));

        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.FirstDelay, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestDelay, options.FirstDelay, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumTries, 1, nameof(options));

        resource.ApplicationBuilder.Services.TryAddEventingSubscriber<Restarter>();
        return resource.WithAnnotation(new RestartAnnotation(options), ResourceAnnotationMutationBehavior.Replace);
    }
}
