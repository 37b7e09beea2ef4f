using System.Runtime.CompilerServices;

namespace Mom.Messaging.Testing;

/// <summary>
/// What is expected of messages. Awaiting it waits until nothing is in flight, looks, and returns the one that was found; it throws when there is none, or
/// more than one. Nothing is waited for by time: what is not there then does not come until the time moves or the test does something.
/// </summary>
/// <example><code>
/// var placed = await harness.Published&lt;OrderPlaced&gt;();
/// await harness.DeadLettered&lt;PlaceOrder&gt;().Never();
/// var both = await harness.Handled&lt;PlaceOrder&gt;().Times(2);
/// </code></example>
/// <typeparam name="TFound">What is looked for.</typeparam>
public sealed class Expectation<TFound>
    where TFound : class
{
    private readonly string _what;
    private readonly Func<Task> _idle;
    private readonly Func<IEnumerable<TFound>> _find;
    private readonly Func<string> _report;

    internal Expectation(string what, Func<Task> idle, Func<IEnumerable<TFound>> find, Func<string> report) =>
        (_what, _idle, _find, _report) = (what, idle, find, report);

    /// <summary>Narrows it.</summary>
    /// <param name="condition">Which ones are meant.</param>
    /// <param name="text">The condition as it is written, for the text of a failure; filled in by the compiler.</param>
    public Expectation<TFound> Where(Func<TFound, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        new($"{_what} where {text}", _idle, () => _find().Where(condition), _report);

    /// <summary>The one that there is.</summary>
    /// <exception cref="ExpectationException">There is none, or more than one.</exception>
    public async Task<TFound> Once() => (await FindAsync(count => count == 1, "one").ConfigureAwait(false))[0];

    /// <summary>All of them, of which there are so many; in the order in which they happened.</summary>
    /// <param name="count">0 or more.</param>
    /// <exception cref="ExpectationException">There are more, or fewer.</exception>
    public Task<IReadOnlyList<TFound>> Times(int count) => FindAsync(found => found == count, $"{count}");

    /// <summary>There is none, and nothing is in flight from which one could follow.</summary>
    /// <exception cref="ExpectationException">There is one.</exception>
    public Task Never() => FindAsync(count => count == 0, "no");

    /// <summary>All that there are, in the order in which they happened; perhaps none.</summary>
    public Task<IReadOnlyList<TFound>> All() => FindAsync(_ => true, "any number of");

    /// <summary>Makes <c>await</c> the same as <see cref="Once"/>.</summary>
    public TaskAwaiter<TFound> GetAwaiter() => Once().GetAwaiter();

    private async Task<IReadOnlyList<TFound>> FindAsync(Func<int, bool> isMet, string number)
    {
        await _idle().ConfigureAwait(false);
        var found = _find().ToList();
        return isMet(found.Count)
            ? found
            : throw new ExpectationException($"Expected {number} {_what}, and found {found.Count}.{Environment.NewLine}{_report()}");
    }
}
