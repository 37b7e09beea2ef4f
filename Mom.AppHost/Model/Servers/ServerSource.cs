using Microsoft.Extensions.Configuration;
using Mom.AppHost.Publishing;
using Mom.Hosting.NativeServers;

namespace Mom.AppHost.Model.Servers;

/// <summary>Decides where the servers come from: a connection string, a container or a native process, in this order.</summary>
/// <param name="builder">This host.</param>
internal sealed class ServerSource(IDistributedApplicationBuilder builder)
{
    /// <summary>The setting: <c>auto</c>, <c>container</c> or <c>native</c>.</summary>
    private const string Setting = "Servers";

    private bool? _isNative;

    /// <summary>The server configured as <c>ConnectionStrings:{name}</c>, otherwise a container or a native process.</summary>
    /// <param name="name">The name by which services know it.</param>
    /// <param name="form">An example of its connection string, for the description of the parameter.</param>
    /// <param name="container">Adds the container.</param>
    /// <param name="native">Adds the native server.</param>
    /// <remarks>
    /// In Azure all servers come by connection string: <c>docs/deploy.md</c> lists which servers can run where.
    /// </remarks>
    public IResourceBuilder<IResourceWithConnectionString> Add(
        string name,
        string form,
        Func<string, IResourceBuilder<IResourceWithConnectionString>> container,
        Func<string, IResourceBuilder<IResourceWithConnectionString>> native)
    {
        var configured = builder.Configuration.GetConnectionString(name);
        var isExternal = configured is { Length: > 0 } || PublishTargets.Of(builder) is PublishTarget.Azure;
        if (!isExternal)
            return (_isNative ??= IsNative()) ? native(name) : container(name);
        if (builder.ExecutionContext.IsRunMode)
            return builder.AddConnectionString(name);

        // A parameter of its own: Aspire stores the values of a deployment. A value stored for Azure as ConnectionStrings:{name} would
        // replace the container when another target is published from the same machine.
        var parameter = builder.AddDeploymentParameter($"{name}-connection", configured, $"How services reach {name}: {form}", secret: true);
        return builder.AddConnectionString(name, ReferenceExpression.Create($"{parameter}"));
    }

    private bool IsNative()
    {
        if (builder.ExecutionContext.IsPublishMode)
            return false;

        switch (builder.Configuration[Setting])
        {
            case "container":
                return false;
            case "native":
                return true;
            case null or "" or "auto":
                if (ContainerRuntime.Answers(builder.Configuration))
                    return false;

                builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => NativePrograms.WhatIsMissing() is { } missing
                    ? throw new DistributedApplicationException(
                        $"The servers cannot be started: neither docker nor podman is available, and the servers are not installed. Start one of those, or install the servers (./mom up does it). {missing}")
                    : Task.CompletedTask);
                return true;
            case var other:
                // Thrown at the start: an exception here would be printed as a stack trace.
                builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
                    throw new DistributedApplicationException($"{Setting} is '{other}'. It is one of: auto, container, native."));
                return true;
        }
    }
}
