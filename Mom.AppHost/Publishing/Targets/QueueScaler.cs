using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Mom.AppHost.Publishing;

/// <summary>KEDA's resources for one worker: who it may ask, and how many replicas the answer means.</summary>
/// <remarks>https://keda.sh/docs/latest/reference/scaledobject-spec/</remarks>
internal static class QueueScaler
{
    private const string Host = "host";

    public static IEnumerable<BaseKubernetesResource> Of(QueueScaling scaling, KubernetesResource worker)
    {
        // Three names: they name the files of the chart, and a second file of the same name would replace the first.
        var address = new Secret { Metadata = { Name = $"{scaling.Worker}-scaler" } };
        address.StringData[Host] = FromOtherNamespaces(worker.Secret!.StringData[QueueScaling.BrokerVariable]);
        yield return address;

        var loginName = $"{scaling.Worker}-broker";
        var login = new TriggerAuthentication { Metadata = { Name = loginName } };
        login.Spec["secretTargetRef"] = new[] { Map(("parameter", Host), ("name", address.Metadata.Name), ("key", Host)) };
        yield return login;

        var scaler = new ScaledObject { Metadata = { Name = $"{scaling.Worker}-queue" } };
        scaler.Spec["scaleTargetRef"] = Map(("name", worker.Workload?.Metadata.Name));
        scaler.Spec["minReplicaCount"] = scaling.Minimum;
        scaler.Spec["maxReplicaCount"] = scaling.Maximum;
        scaler.Spec["triggers"] = scaling.Queues
            .Select(queue => Map(("type", "rabbitmq"), ("metadata", queue.Metadata), ("authenticationRef", Map(("name", loginName)))))
            .ToArray();
        yield return scaler;
    }

    // KEDA runs in a namespace of its own, where the short name of a Service of this chart does not resolve. An external broker has a full
    // name already.
    private static string FromOtherNamespaces(string connectionString)
        => connectionString.Replace("@rabbitmq-service:", "@rabbitmq-service.{{ .Release.Namespace }}.svc:", StringComparison.Ordinal);

    private static Dictionary<string, object?> Map(params (string Key, object? Value)[] fields)
        => fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);

    internal sealed class TriggerAuthentication() : BaseKubernetesResource("keda.sh/v1alpha1", "TriggerAuthentication")
    {
        [YamlMember(Alias = "spec")]
        public Dictionary<string, object?> Spec { get; } = [];
    }

    internal sealed class ScaledObject() : BaseKubernetesResource("keda.sh/v1alpha1", "ScaledObject")
    {
        [YamlMember(Alias = "spec")]
        public Dictionary<string, object?> Spec { get; } = [];
    }
}
