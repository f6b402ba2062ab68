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

    internal static readonly delegate* unmanaged[Cdecl]<nint, int, long, int> BindInt64;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, double, int> BindDouble;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, int> BindNull;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindText;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindBlob;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int> Step;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int> Reset;
    internal static readonly delegate* unmanaged[Cdecl]<nint, long, void> SetLastInsertRowId;

    // These look at the current row, or at what the last statement did, and return: the switch of the garbage collector's mode would cost more than the call.
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> Changes;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> LastInsertRowId;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> ColumnType;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long> ColumnInt64;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double> ColumnDouble;
    internal static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> ColumnBytes;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, byte*> ColumnText;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, byte*> ColumnBlob;

    static NativeCalls()
    {
        Batteries_V2.Init();
        var library = NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(SQLite3Provider_e_sqlite3).Assembly, searchPath: null);
        BindInt64 = (delegate* unmanaged[Cdecl]<nint, int, long, int>)NativeLibrary.GetExport(library, "sqlite3_bind_int64");
        BindDouble = (delegate* unmanaged[Cdecl]<nint, int, double, int>)NativeLibrary.GetExport(library, "sqlite3_bind_double");
        BindNull = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");
        BindText = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_text");
        BindBlob = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_blob");
        Step = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_step");
        Reset = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_reset");
        ColumnType = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_column_type");
        ColumnInt64 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long>)NativeLibrary.GetExport(library, "sqlite3_column_int64");
        ColumnDouble = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double>)NativeLibrary.GetExport(library, "sqlite3_column_double");
        ColumnBytes = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_column_bytes");
        ColumnText = (delegate* unmanaged[Cdecl]<nint, int, byte*>)NativeLibrary.GetExport(library, "sqlite3_column_text");
        ColumnBlob = (delegate* unmanaged[Cdecl]<nint, int, byte*>)NativeLibrary.GetExport(library, "sqlite3_column_blob");
        LastInsertRowId = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)NativeLibrary.GetExport(library, "sqlite3_last_insert_rowid");
        SetLastInsertRowId = (delegate* unmanaged[Cdecl]<nint, long, void>)NativeLibrary.GetExport(library, "sqlite3_set_last_insert_rowid");
        // sqlite3_changes64 came with 3.37; the older function counts a statement's rows just as well.
        Changes = NativeLibrary.TryGetExport(library, "sqlite3_changes64", out var changes)
            ? (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)changes
            : (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)NativeLibrary.GetExport(library, "sqlite3_changes");
    }
}
