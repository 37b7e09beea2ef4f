namespace Mom.Panel.Live;

/// <summary>Something came over the socket.</summary>
public sealed class ArrivedEventArgs<T>(T value) : EventArgs
{
    public T Value { get; } = value;
}
