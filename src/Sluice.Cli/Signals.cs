using System.Runtime.InteropServices;

namespace Sluice.Cli;

/// <summary>The first signal asks the load to stop and roll back; the second one ends the process at once.</summary>
sealed class Signals : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly PosixSignalRegistration[] _registrations;
    volatile int _exitCode;

    internal Signals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, Sluice.Cli.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, Sluice.Cli.ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, Sluice.Cli.ExitCode.HungUp)),
        ];
    }

    internal CancellationToken Token => _stop.Token;

    /// <summary>The exit code that the first signal asks for, or 0 where none came.</summary>
    internal int ExitCode => _exitCode;

    void Stop(PosixSignalContext signal, int exitCode)
    {
        if (_exitCode != 0)
            Environment.Exit(exitCode);
        _exitCode = exitCode;
        signal.Cancel = true;
        _stop.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }
}
