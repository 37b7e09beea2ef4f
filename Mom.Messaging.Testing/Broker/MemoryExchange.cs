namespace Mom.Messaging.Testing.Broker;

/// <summary>One exchange with its bindings. Not safe for threads: the broker locks.</summary>
internal sealed class MemoryExchange(string name, string type, IReadOnlyDictionary<string, object?> arguments)
{
    private readonly HashSet<(string Key, string Target, bool IsQueue)> _bindings = [];

    public string Name => name;

    public string Type => type;

    /// <summary>Where a message goes that no binding takes.</summary>
    public string? Alternate => arguments.GetValueOrDefault("alternate-exchange") as string;

    public void Bind(string key, string target, bool isQueue) => _bindings.Add((key, target, isQueue));

    public void Unbind(string key, string target, bool isQueue) => _bindings.Remove((key, target, isQueue));

    /// <summary>Forgets a queue or an exchange that is gone.</summary>
    public void Forget(string target, bool isQueue) => _bindings.RemoveWhere(binding => binding.IsQueue == isQueue && string.Equals(binding.Target, target, StringComparison.Ordinal));

    /// <summary>The queues and exchanges to which a message with a routing key goes.</summary>
    public IEnumerable<(string Target, bool IsQueue)> Targets(string routingKey) =>
        _bindings.Where(binding => Matches(binding.Key, routingKey)).Select(binding => (binding.Target, binding.IsQueue)).Distinct();

    private bool Matches(string pattern, string routingKey) => type switch
    {
        "fanout" => true,
        "topic" => Matches(pattern.Split('.'), routingKey.Split('.')),
        _ => string.Equals(pattern, routingKey, StringComparison.Ordinal),
    };

    /// <summary>A word is itself, <c>*</c> any one word, <c>#</c> any number of words: https://www.rabbitmq.com/tutorials/tutorial-five-dotnet.</summary>
    internal static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> words)
    {
        if (pattern.IsEmpty)
        {
            return words.IsEmpty;
        }

        if (pattern[0] is "#")
        {
            for (var taken = 0; taken <= words.Length; taken++)
            {
                if (Matches(pattern[1..], words[taken..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !words.IsEmpty && (pattern[0] is "*" || string.Equals(pattern[0], words[0], StringComparison.Ordinal)) && Matches(pattern[1..], words[1..]);
    }
}
