namespace Mom.Bench.Capacity;

/// <summary>How long the messages of one class waited between their arrival and the start of their handler, in seconds.</summary>
internal sealed class Waits
{
    private readonly List<double> _all = [];
    private bool _sorted = true;

    public double Mean => _all.Count == 0 ? 0 : _all.Average();

    public int Count => _all.Count;

    public void Add(double wait)
    {
        _all.Add(wait);
        _sorted = false;
    }

    /// <summary>So many of a hundred waited no longer than this.</summary>
    public double At(double percentile)
    {
        if (!_sorted)
        {
            _all.Sort();
            _sorted = true;
        }

        return _all.Count == 0 ? 0 : _all[Math.Clamp((int)Math.Ceiling(percentile / 100 * _all.Count) - 1, 0, _all.Count - 1)];
    }
}
