using Microsoft.Extensions.Configuration;
using Mom.AppHost.Publishing;
using Mom.Hosting.NativeServers;

namespace Mom.AppHost.Model.Servers;

/// <summary>Where the servers come from: a connection string goes before a container, and a container before a process of this machine.</summary>
/// <param name="builder">This host.</param>
internal sealed class ServerSource(IDistributedApplicationBuilder builder)
{
    /// <summary>The setting: <c>auto</c>, <c>container</c> or <c>native</c>.</summary>
    private const string Setting = "Servers";

    private bool? _isNative;

    /// <summary>The server that is configured as <c>ConnectionStrings:{name}</c>, else a container or a native one.</summary>
    /// <param name="name">The name by which services know it.</param>
    /// <param name="form">What its connection string looks like: part of the description of the parameter.</param>
    /// <param name="container">Adds the container.</param>
    /// <param name="native">Adds the native server.</param>
    /// <remarks>
    /// What is published to Azure gets all servers by connection string: see <c>docs/deploy.md</c> on which servers can live where.
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

        // A parameter of its own: Aspire remembers what a deployment was told. What Azure was told as ConnectionStrings:{name} would
        // take the place of the container when another target is published from the same machine.
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
                        $"There is nothing to run the servers with: neither docker nor podman answers, and the servers are not installed here. Start one of those, or install the servers (./mom up does it). {missing}")
                    : Task.CompletedTask);
                return true;
            case var other:
                // Said when it starts: an exception here would be a stack on the screen.
                builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
                    throw new DistributedApplicationException($"{Setting} is '{other}'. It is one of: auto, container, native."));
                return true;
        }
    }
}
