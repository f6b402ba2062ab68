namespace Sluice.PostgreSql.Sessions;

/// <summary>What stops a cancelled load that has not ended in good order within its grace.</summary>
sealed class LastResort : IDisposable
{
    // How long a cancelled load is given to end the COPY in good order before the connection is given up.
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    CancellationTokenSource? _source;
    CancellationToken _of;
    CancellationTokenRegistration _cancelling;

    /// <summary>A token that fires when the grace of another one is over.</summary>
    internal CancellationToken Of(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
            return CancellationToken.None;
        if (_source is null || _of != cancellationToken)
        {
            // Loads of one transaction have tokens of their own, and one that was cancelled is no reason to stop the next.
            Dispose();
            var source = _source = new CancellationTokenSource();
            _of = cancellationToken;
            _cancelling = cancellationToken.UnsafeRegister(static late => ((CancellationTokenSource)late!).CancelAfter(s_grace), source);
        }
        return _source.Token;
    }

    // A token that fires later must not find what it would set off disposed.
    public void Dispose()
    {
        _cancelling.Dispose();
        _source?.Dispose();
    }
}
