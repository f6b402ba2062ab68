using System.Buffers.Binary;
using Npgsql;
using Sluice.PostgreSql.Tests.Servers;

namespace Sluice.PostgreSql.Tests.Faults;

/// <summary>Where a connection is cut: at a message of one side, counted from when the proxy was armed.</summary>
/// <param name="By">Whose message it is.</param>
/// <param name="Message">Its place, from 0.</param>
/// <param name="Within">Whether half of it goes through.</param>
/// <param name="Nonsense">Whether it goes through with other bytes than it has.</param>
public sealed record Cut(Side By, int Message, bool Within, bool Nonsense = false)
{
    public override string ToString() => $"{(Nonsense ? "nonsense for" : Within ? "within" : "before")} message {Message} of the {By}";

    /// <summary>What goes through of a message.</summary>
    internal ReadOnlyMemory<byte> Harmed(byte[] message)
    {
        if (!Nonsense)
            return message.AsMemory(0, Within ? message.Length / 2 : 0);
        // Another type now and then, else another body of the length that it says.
        var first = Message % 3 == 0 ? 0 : 5;
        for (var i = first; i < message.Length; i++)
            message[i] ^= i is > 0 and < 5 ? (byte)0 : (byte)0x5a;
        return message;
    }
}

/// <summary>Cuts connections between a client and a server at one of their messages.</summary>
sealed class CutProxy : MessageProxy
{
    const int CancelRequest = 80_877_102;

    readonly Lock _lock = new();
    readonly int[] _passed = new int[2];
    Cut? _cut;

    internal CutProxy(string connectionString)
        : base(connectionString) =>
        ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "cut", Timeout = 20 }.ConnectionString;

    /// <summary>Whether the cut that the proxy was armed with has been made.</summary>
    internal bool HasCut { get; private set; }

    protected override bool EndsByReset => HasCut && _cut is { Within: false, Nonsense: false };

    /// <summary>Counts messages from here on, and cuts at one of them; null for none.</summary>
    internal void Arm(Cut? cut)
    {
        lock (_lock)
        {
            _passed.AsSpan().Clear();
            HasCut = false;
            _cut = cut;
        }
    }

    /// <summary>How many messages have passed since.</summary>
    internal (int Client, int Server) Passed => (_passed[0], _passed[1]);

    protected override MessagePass Connected() => (side, isStartup, message) =>
        !(isStartup && IsCancel(message)) && IsCut(side) ? new(_cut!.Harmed(message), IsLast: true) : new(message);

    static bool IsCancel(byte[] message) => message is { Length: 16 } && BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(4)) == CancelRequest;

    bool IsCut(Side side)
    {
        lock (_lock)
        {
            var place = _passed[(int)side]++;
            if (HasCut || _cut is null || _cut.By != side || _cut.Message != place)
                return false;
            return HasCut = true;
        }
    }
}
