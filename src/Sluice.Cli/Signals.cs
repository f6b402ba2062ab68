using System.Runtime.InteropServices;

namespace Sluice.Cli;

/// <summary>The first signal asks the command to stop and roll back; the second one, or five seconds, ends the process.</summary>
sealed class Signals : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource _stop = new();
    Timer? _watchdog;
    readonly PosixSignalRegistration[] _registrations;
    volatile int _exitCode;

    readonly string _verb;

    internal Signals(string verb)
    {
        _verb = verb;
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
        _watchdog = new Timer(_ => End(exitCode), state: null, s_patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    // A server that does not answer must not keep a process alive that was told to stop.
    void End(int exitCode)
    {
        Summary.WriteError($"sluice {_verb}", RunProblems.DidNotStop(_verb, s_patience).Message);
        Environment.Exit(exitCode);
    }

    public void Dispose()
    {
        _watchdog?.Dispose();
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }
}
