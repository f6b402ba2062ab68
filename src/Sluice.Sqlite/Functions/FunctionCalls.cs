using System.Runtime.InteropServices;
using SQLitePCL;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Functions;

/// <summary>
/// The native functions by which functions of one's own are made and answer, from the library that <see cref="NativeCalls"/> uses.
/// </summary>
static unsafe class FunctionCalls
{
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, nint, delegate* unmanaged[Cdecl]<nint, int, byte*, int, byte*, int>, nint, int> CreateCollation;
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, int, nint, delegate* unmanaged[Cdecl]<nint, int, nint*, void>, nint, nint, nint, int> CreateFunction;
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, int, nint, delegate* unmanaged[Cdecl]<nint, int, nint*, void>, delegate* unmanaged[Cdecl]<nint, void>,
        delegate* unmanaged[Cdecl]<nint, void>, delegate* unmanaged[Cdecl]<nint, int, nint*, void>, nint, int> CreateAggregate;
    internal static readonly delegate* unmanaged[Cdecl]<nint, int, void*> AggregateContext;
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void> ResultText;
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void> ResultBlob;
    internal static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, void> ResultError;
    internal static readonly delegate* unmanaged[Cdecl]<nint, double, void> ResultDouble;
    internal static readonly delegate* unmanaged[Cdecl]<nint, nint, void> ResultValue;
    internal static readonly delegate* unmanaged[Cdecl]<nint, void> ResultNull;

    static FunctionCalls()
    {
        Batteries_V2.Init();
        var library = NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(SQLite3Provider_e_sqlite3).Assembly, searchPath: null);
        CreateCollation = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint, delegate* unmanaged[Cdecl]<nint, int, byte*, int, byte*, int>,
            nint, int>)
            NativeLibrary.GetExport(library, "sqlite3_create_collation_v2");
        CreateFunction = (delegate* unmanaged[Cdecl]<nint, byte*, int, int, nint, delegate* unmanaged[Cdecl]<nint, int, nint*, void>, nint,
            nint, nint, int>)
            NativeLibrary.GetExport(library, "sqlite3_create_function_v2");
        CreateAggregate = (delegate* unmanaged[Cdecl]<nint, byte*, int, int, nint, delegate* unmanaged[Cdecl]<nint, int, nint*, void>,
            delegate* unmanaged[Cdecl]<nint, void>,
            delegate* unmanaged[Cdecl]<nint, void>, delegate* unmanaged[Cdecl]<nint, int, nint*, void>, nint, int>)NativeLibrary.GetExport(library, "sqlite3_create_window_function");
        AggregateContext = (delegate* unmanaged[Cdecl]<nint, int, void*>)NativeLibrary.GetExport(library, "sqlite3_aggregate_context");
        ResultText = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void>)NativeLibrary.GetExport(library, "sqlite3_result_text");
        ResultBlob = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void>)NativeLibrary.GetExport(library, "sqlite3_result_blob");
        ResultError = (delegate* unmanaged[Cdecl]<nint, byte*, int, void>)NativeLibrary.GetExport(library, "sqlite3_result_error");
        ResultDouble = (delegate* unmanaged[Cdecl]<nint, double, void>)NativeLibrary.GetExport(library, "sqlite3_result_double");
        ResultValue = (delegate* unmanaged[Cdecl]<nint, nint, void>)NativeLibrary.GetExport(library, "sqlite3_result_value");
        ResultNull = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "sqlite3_result_null");
    }
}
