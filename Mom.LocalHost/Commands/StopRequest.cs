using System.Runtime.InteropServices;

namespace Mom.LocalHost.Commands;

/// <summary>Turns Ctrl-C, SIGTERM and the end of the terminal into a request to stop, and a second one into haste.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _insisted = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public StopRequest() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, Handle)),
    ];

    public CancellationToken Requested => _requested.Token;

    /// <summary>Asked a second time: whoever waits shall no longer.</summary>
    public CancellationToken Insisted => _insisted.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _requested.Dispose();
        _insisted.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // Without this the runtime would end the process at once.
        context.Cancel = true;
        (_requested.IsCancellationRequested ? _insisted : _requested).Cancel();
    }
}
