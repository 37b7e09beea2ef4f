using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mom.Messaging.Diagnostics;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Support;

/// <summary>Everything that the engine measures from here on.</summary>
internal sealed class MeterReader : IDisposable
{
    private readonly Changes _changes = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measurements = new();

    public MeterReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != MessagingActivities.SourceName)
                return;

            _instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Waits until there are so many measurements of a name.</summary>
    public Task CountAsync(string name, int count, string expectation) =>
        _changes.UntilAsync(() => Count(name) >= count, () => $"{expectation} ({count} measurements of {name}, and there were {Count(name)})");

    /// <summary>Asks the gauges.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public double Sum(string name, params (string Name, string Value)[] tags) => Find(name, tags).Sum();

    public int Count(string name, params (string Name, string Value)[] tags) => Find(name, tags).Count();

    public double? Last(string name) => Find(name, []).Select(value => (double?)value).LastOrDefault();

    /// <summary>The upper bounds of a histogram's buckets.</summary>
    public IReadOnlyList<double> Buckets(string name) => ((Histogram<double>)_instruments[name]).Advice?.HistogramBucketBoundaries ?? [];

    public void Dispose() => _listener.Dispose();

    private IEnumerable<double> Find(string name, (string Name, string Value)[] tags) => _measurements
        .Where(measurement => measurement.Name == name && tags.All(tag => $"{measurement.Tags.GetValueOrDefault(tag.Name)}" == tag.Value))
        .Select(measurement => measurement.Value);

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _measurements.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
        _changes.Happened();
    }
}
