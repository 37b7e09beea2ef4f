using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Mom.Messaging.Connections;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using RabbitMQ.Client;

namespace Mom.Messaging.Publishing;

/// <summary>
/// Publishes one message at a time, each on a channel of its own. The broker closes a whole channel for one message that it does not take
/// (403, 406), and every publish that shares the channel looks like one whose connection was lost. What was found out here is remembered: the
/// next message of the kind does not go to a shared channel at all.
/// </summary>
internal sealed partial class LoneChannel(BrokerConnection connection, string? user) : IDisposable
{
    private const int AccessRefused = 403;

    private readonly SemaphoreSlim _turn = new(1, 1);
    // A key is told apart where topic permissions forbid it: then other keys of its exchange may be permitted. Those of delays are without number.
    private const int MostForbidden = 1_000;

    private readonly ConcurrentDictionary<(string Exchange, string? RoutingKey), bool> _forbidden = new();
    private volatile int _largestBody = int.MaxValue;

    /// <summary>Whether the broker closed a channel for such a message before.</summary>
    public bool IsNeeded(Envelope envelope) => envelope.Body.Length > _largestBody || (!_forbidden.IsEmpty && (_forbidden.ContainsKey((envelope.Exchange, null)) || _forbidden.ContainsKey((envelope.Exchange, envelope.RoutingKey))));

    /// <exception cref="MessageRejectedException">The broker does not take this message.</exception>
    /// <exception cref="PublishForbiddenException">It takes none of this process there.</exception>
    public async Task PublishAsync(Envelope envelope, string appId)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await using var channel = await OpenChannel.OpenAsync(connection.Require()).ConfigureAwait(false);
            try
            {
                await channel.PublishAsync(envelope, appId, user).ConfigureAwait(false);
            }
            catch (Exception exception) when (channel.CloseReason is { Initiator: ShutdownInitiator.Peer, ReplyCode: >= 300 and < 500 and not 404 and not 320 } reason)
            {
                if (reason.ReplyCode == AccessRefused)
                {
                    if (_forbidden.Count < MostForbidden)
                    {
                        _forbidden[(envelope.Exchange, OfTopic().IsMatch(reason.ReplyText) ? envelope.RoutingKey : null)] = true;
                    }

                    throw new PublishForbiddenException(envelope.Type, reason.ReplyText, exception);
                }

                if (MaxSize().Match(reason.ReplyText) is { Success: true } match)
                {
                    _largestBody = int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture);
                }

                throw new MessageRejectedException(envelope.Type, reason.ReplyText, exception);
            }

            // It is taken after all: a permission was given, or a limit raised.
            _forbidden.TryRemove((envelope.Exchange, null), out _);
            _forbidden.TryRemove((envelope.Exchange, envelope.RoutingKey), out _);
            if (envelope.Body.Length > _largestBody)
            {
                _largestBody = int.MaxValue;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // "ACCESS_REFUSED - write access to topic 'db.queries' in exchange 'mom.messages' in vhost '/' refused for user 'math-worker'"
    [GeneratedRegex("access to topic '", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OfTopic();

    // "PRECONDITION_FAILED - message size 9437184 is larger than configured max size 8388608"
    [GeneratedRegex("configured max size (?<bytes>[0-9]{1,9})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MaxSize();
}
