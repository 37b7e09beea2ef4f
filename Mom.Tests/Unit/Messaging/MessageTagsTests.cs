using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class MessageTagsTests
{
    [Fact]
    public async Task What_a_handler_sets_stands_on_the_span_of_the_message_and_on_every_line_after_it()
    {
        var scopes = new ScopeReader();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(scopes));
        var logger = loggers.CreateLogger("any");
        using var span = new Activity("process").Start();
        using (MessageTags.Begin(logger, new KeyValuePair<string, object?>("mom.message.type", "math.step.v1")))
        {
            await HandleAsync();
            Assert.Equal("mom.message.type=math.step.v1, mom.job.id=8", scopes.Read());
        }

        Assert.Equal(8, span.GetTagItem("mom.job.id"));
        Assert.Equal(string.Empty, scopes.Read());
    }

    [Fact]
    public void Outside_of_a_message_it_stands_on_the_current_span()
    {
        using var span = new Activity("anything").Start();

        MessageTags.Set("mom.job.id", 9);

        Assert.Equal(9, span.GetTagItem("mom.job.id"));
    }

    // Deeper than the message, in a span of its own, as behind a call of a database.
    private static async Task HandleAsync()
    {
        await Task.Yield();
        using var inner = new Activity("inner").Start();
        MessageTags.Set("mom.job.id", 7);
        MessageTags.Set("mom.job.id", 8);
        Assert.Null(inner.GetTagItem("mom.job.id"));
    }

    /// <summary>A provider that knows the scopes, as that of OpenTelemetry does.</summary>
    private sealed class ScopeReader : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public string Read()
        {
            var found = new List<string>();
            _scopes!.ForEachScope((scope, list) => list.Add($"{scope}"), found);
            return string.Join("; ", found);
        }

        public ILogger CreateLogger(string categoryName) => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }
    }
}
