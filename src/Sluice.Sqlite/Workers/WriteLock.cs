using System.Diagnostics;
using System.Globalization;

namespace Sluice.Sqlite.Workers;

/// <summary>Who of an engine's connections may write: one at a time, and the others wait without holding a thread.</summary>
sealed class WriteLock
{
    readonly SemaphoreSlim _one = new(1, 1);
    Use? _use;

    /// <summary>Who holds it and since when; null where nobody does.</summary>
    internal string? Holder => _use is { } use
        ? string.Create(CultureInfo.InvariantCulture, $"{use.What}, since {Stopwatch.GetElapsedTime(use.Since).TotalSeconds:0.#} seconds")
        : null;

    /// <summary>Takes it where it is free.</summary>
    internal bool TryTake() => _one.Wait(0, CancellationToken.None);

    /// <summary>Waits for it.</summary>
    /// <returns>False if it was not to be had in time.</returns>
    internal async Task<bool> TakeAsync(string what, TimeSpan patience, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromMilliseconds(int.MaxValue);
        if (!await _one.WaitAsync(patience < longest ? patience : longest, cancellationToken).ConfigureAwait(false))
            return false;
        _use = new Use(what, Stopwatch.GetTimestamp());
        return true;
    }

    internal void Release()
    {
        _use = null;
        _one.Release();
    }

    sealed record Use(string What, long Since);
}
