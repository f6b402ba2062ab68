using Sluice.PostgreSql.Tests.Servers;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Counts round trips between a client and a server: how often the client speaks after the server has.</summary>
/// <param name="connectionString">Leads to the server.</param>
/// <param name="marker">What the first row holds.</param>
sealed class RoundTripProxy(string connectionString, string marker) : MessageProxy(connectionString)
{
    readonly byte[] _marker = System.Text.Encoding.UTF8.GetBytes(marker);
    int _turns;
    int _atMarker;
    volatile bool _isServersTurn;

    /// <summary>Round trips from here on are counted.</summary>
    internal void Begin() => (_turns, _atMarker) = (0, 0);

    /// <summary>The round trips so far.</summary>
    internal int Turns => Volatile.Read(ref _turns);

    /// <summary>The round trips until the server sent the first row; 0 where it has not.</summary>
    internal int TurnsToFirstRow => Volatile.Read(ref _atMarker);

    protected override void Heard(Side side, ReadOnlySpan<byte> bytes)
    {
        if (side is Side.Client)
        {
            if (!_isServersTurn)
                Interlocked.Increment(ref _turns);
            _isServersTurn = true;
            return;
        }
        _isServersTurn = false;
        if (bytes.IndexOf(_marker) >= 0)
            Interlocked.CompareExchange(ref _atMarker, Volatile.Read(ref _turns), 0);
    }
}
