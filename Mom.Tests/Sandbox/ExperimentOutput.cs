using System.Collections.Concurrent;
using Mom.Tests.Support;

namespace Mom.Tests.Sandbox;

/// <summary>The lines that the experiments of one page have printed, and the signal of each new one.</summary>
internal sealed class ExperimentOutput
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Changes _changes = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public void Add(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            _changes.Happened();
        }
    }

    public Task UntilAsync(Func<IEnumerable<string>, bool> condition, Func<string> expectation) =>
        _changes.UntilAsync(() => condition(_lines), () => $"{expectation()}; printed was:\n{string.Join('\n', _lines)}\n");
}
