using Microsoft.Extensions.Options;
using Mom.MathService.Delay;

namespace Mom.MathService.Control;

/// <summary>How the service behaves now: as configured at its start, until somebody sets it otherwise. A restart forgets that.</summary>
/// <param name="configured">The behaviour at the start.</param>
/// <param name="random">Where failures come from; not that of the delays, whose sequence a seed must keep.</param>
public sealed class MathBehaviour(IOptions<DelayOptions> configured, Random random)
{
    private readonly Lock _lock = new();
    private MathSettings _settings = MathSettings.From(configured.Value);

    public MathSettings Settings
    {
        get
        {
            lock (_lock)
                return _settings;
        }
        set
        {
            lock (_lock)
                _settings = value;
        }
    }

    /// <summary>Whether the answer that is due now shall be a failure; counts <see cref="MathSettings.FailNext"/> down.</summary>
    public bool FailsNow()
    {
        lock (_lock)
        {
            if (_settings.FailNext > 0)
            {
                _settings = _settings with { FailNext = _settings.FailNext - 1 };
                return true;
            }

            return _settings.FailureRate > 0 && random.NextDouble() < _settings.FailureRate;
        }
    }
}
