using Mom.Testing;

namespace Mom.Tests.Broker.Support;

/// <summary>Settings of the running broker that have no command of their own.</summary>
internal static class BrokerSettings
{
    /// <summary>Sets parameters of its application <c>rabbit</c>. Most are read when a channel or a queue is opened.</summary>
    /// <param name="system">Whose broker.</param>
    /// <param name="settings">Name and value as Erlang writes them, such as <c>consumer_timeout, 1000</c>.</param>
    public static Task<string> SetAsync(RunningSystem system, params IEnumerable<string> settings) =>
        RabbitMqCtl.RunAsync(system, "eval", string.Concat(settings.Select(setting => $"application:set_env(rabbit, {setting}), ")) + "ok.");
}
