using System.Globalization;
using System.Text.RegularExpressions;

namespace Mom.Messaging.Consuming;

/// <summary>
/// How long the lanes of a consumer hold a delivery in an outage. The broker closes the channel of a consumer that acks too late, and gives
/// all it had to another one as redelivered: each would be suspected of having killed its process.
/// </summary>
internal sealed partial class HoldLimit(TimeSpan configured, TimeProvider time)
{
    private long _ticks = configured.Ticks;

    /// <summary>How much longer a delivery may be held; zero when it is to be given back.</summary>
    public TimeSpan Left(Delivery delivery)
    {
        var left = TimeSpan.FromTicks(Interlocked.Read(ref _ticks)) - time.GetElapsedTime(delivery.ReceivedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>
    /// Learns from the reason why a channel was closed. When it is the consumer timeout, the broker names it: <c>PRECONDITION_FAILED - delivery
    /// acknowledgement on channel 3 timed out. Timeout value used: 60000 ms. This timeout value can be configured, …</c>. The same broker will
    /// do it again, so from now on everything is given back after half of that.
    /// </summary>
    public void Learn(string reason)
    {
        var match = TimedOut().Match(reason);
        if (match.Success && long.TryParse(match.Groups["timeout"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            var half = milliseconds * TimeSpan.TicksPerMillisecond / 2;
            if (half < Interlocked.Read(ref _ticks))
            {
                Interlocked.Exchange(ref _ticks, half);
            }
        }
    }

    [GeneratedRegex(@"acknowledgement .*timed out\. Timeout value used: (?<timeout>\d{1,12}) ms", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TimedOut();
}
