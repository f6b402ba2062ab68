using Sluice.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>What a field's values are encoded as.</summary>
readonly struct Slot
{
    internal Slot(SqlType type, bool exactTimes = false)
    {
        Kind = type.Kind;
        IsWritten = true;
        Length = type.Length ?? int.MaxValue;
        Precision = type.Precision ?? int.MaxValue;
        Scale = type.Precision is null ? int.MaxValue : type.Scale ?? 0;
        Type = type;
        TimeUnit = SecondFraction.Unit(TimeSpan.TicksPerMicrosecond, type.Precision);
        ExactTimes = exactTimes;
        CutsTimes = exactTimes || TimeUnit > 1;
    }

    /// <summary>Whether the field is written at all.</summary>
    internal bool IsWritten { get; }

    internal SqlTypeKind Kind { get; }

    internal int Length { get; }

    internal int Precision { get; }

    internal int Scale { get; }

    internal SqlType? Type { get; }

    /// <summary>The column's smallest time, in microseconds.</summary>
    internal long TimeUnit { get; }

    /// <summary>Whether a time with more digits than the column keeps is refused.</summary>
    internal bool ExactTimes { get; }

    /// <summary>Whether a time must be looked at: the column keeps fewer digits than the server, or more of them are refused.</summary>
    internal bool CutsTimes { get; }

    /// <summary>Whether it is the server's type name, whose length is in bytes.</summary>
    internal bool IsName => Type!.StoreId == PostgresTypes.Name;

    /// <summary>A slot for each field of a shape; fields that the plan leaves out are not written.</summary>
    internal static Slot[] For(BulkPlan plan, int fields)
    {
        var slots = new Slot[fields];
        foreach (var column in plan.Columns)
            slots[column.FieldIndex] = new Slot(column.Target.Type, plan.ExactTimes);
        return slots;
    }
}
