using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>The native functions of the row loop, called through pointers.</summary>
/// <remarks>
/// SQLitePCLRaw serves everything else. Its calls pass an interface and a safe handle on the way, which costs a sixth of the speed where
/// a row takes seven of them. The pointers come from the very library that SQLitePCLRaw has loaded.
/// </remarks>
static unsafe class NativeCalls
{
    internal const int Ok = 0;
    internal const int Done = 101;
    internal const int Row = 100;

    internal static readonly delegate* unmanaged[Cdecl]<nint, int> Step;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int> Reset;

    // These note a value that stays where it is, or look at the current row or at what the last statement did, and return: the switch of
    // the garbage collector's mode would cost more than the call. A text is at most converted from UTF-16, in memory.
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int> BindInt64;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int> BindDouble;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> BindNull;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindText;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindBlob;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> Changes;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> LastInsertRowId;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long, void> SetLastInsertRowId;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, nint> ColumnValue;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueType;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> ValueInt64;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double> ValueDouble;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueBytes;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*> ValueText;
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*> ValueBlob;

    static NativeCalls()
    {
        Batteries_V2.Init();
        var library = NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(SQLite3Provider_e_sqlite3).Assembly, searchPath: null);
        BindInt64 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int>)NativeLibrary.GetExport(library,
            "sqlite3_bind_int64");
        BindDouble = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int>)NativeLibrary.GetExport(library,
            "sqlite3_bind_double");
        BindNull = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");
        BindText = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library,
            "sqlite3_bind_text");
        BindBlob = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library,
            "sqlite3_bind_blob");
        Step = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_step");
        Reset = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_reset");
        ColumnValue = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, nint>)NativeLibrary.GetExport(library,
            "sqlite3_column_value");
        ValueType = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_value_type");
        ValueInt64 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)NativeLibrary.GetExport(library, "sqlite3_value_int64");
        ValueDouble = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double>)NativeLibrary.GetExport(library,
            "sqlite3_value_double");
        ValueBytes = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_value_bytes");
        ValueText = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*>)NativeLibrary.GetExport(library, "sqlite3_value_text");
        ValueBlob = (delegate* unmanaged[Cdecl]<nint, byte*>)NativeLibrary.GetExport(library, "sqlite3_value_blob");
        LastInsertRowId = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)NativeLibrary.GetExport(library,
            "sqlite3_last_insert_rowid");
        SetLastInsertRowId = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long, void>)NativeLibrary.GetExport(library,
            "sqlite3_set_last_insert_rowid");
        // sqlite3_changes64 came with 3.37; the older function counts a statement's rows just as well.
        Changes = NativeLibrary.TryGetExport(library, "sqlite3_changes64", out var changes)
            ? (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)changes
            : (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)NativeLibrary.GetExport(library, "sqlite3_changes");
    }
}
