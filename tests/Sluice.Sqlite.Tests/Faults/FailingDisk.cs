using System.Runtime.InteropServices;

namespace Sluice.Sqlite.Tests.Faults;

/// <summary>Lets the n-th write to one file fail, by the way that SQLite's own tests have: https://sqlite.org/c3ref/vfs.html, xSetSystemCall.</summary>
static class FailingDisk
{
    // The place of xSetSystemCall in sqlite3_vfs, where pointers have eight bytes.
    const int SetSystemCallAt = 144;
    const int Failed = 5;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate int SetSystemCall(nint vfs, nint name, nint call);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate nint Write(int file, nint bytes, nint count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate nint WriteAt(int file, nint bytes, nint count, long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate nint Find(nint name);

    static readonly nint s_libc = NativeLibrary.Load("libc.so.6");
    static readonly Write s_realWrite = Marshal.GetDelegateForFunctionPointer<Write>(NativeLibrary.GetExport(s_libc, "write"));
    static readonly WriteAt s_realWriteAt = Marshal.GetDelegateForFunctionPointer<WriteAt>(NativeLibrary.GetExport(s_libc, "pwrite"));
    static readonly Write s_write = (file, bytes, count) => Fails(file) ? -1 : s_realWrite(file, bytes, count);
    static readonly WriteAt s_writeAt = (file, bytes, count, offset) => Fails(file) ? -1 : s_realWriteAt(file, bytes, count, offset);
    static string? s_path;
    static int s_writes;

    static FailingDisk()
    {
        SQLitePCL.Batteries_V2.Init();
        var library = NativeLibrary.Load(SQLitePCL.raw.GetNativeLibraryName(), typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, searchPath: null);
        var vfs = Marshal.GetDelegateForFunctionPointer<Find>(NativeLibrary.GetExport(library, "sqlite3_vfs_find"))(0);
        var set = Marshal.GetDelegateForFunctionPointer<SetSystemCall>(Marshal.ReadIntPtr(vfs, SetSystemCallAt));
        foreach (var (name, call) in new[] { ("write", Marshal.GetFunctionPointerForDelegate(s_write)), ("pwrite", Marshal.GetFunctionPointerForDelegate(s_writeAt)), ("pwrite64", Marshal.GetFunctionPointerForDelegate(s_writeAt)) })
        {
            var text = Marshal.StringToHGlobalAnsi(name);
            set(vfs, text, call);
            Marshal.FreeHGlobal(text);
        }
    }

    /// <summary>Lets a write to a file, or to what stands beside it under its name, fail, and all that follow.</summary>
    /// <param name="path">The database; null for none any more.</param>
    /// <param name="after">How many writes come through before.</param>
    internal static void Arm(string? path, int after) => (s_path, s_writes) = (path, after);

    /// <summary>Whether a write has failed.</summary>
    internal static bool HasFailed => s_writes < 0;

    static bool Fails(int file)
    {
        if (s_path is null || new FileInfo($"/proc/self/fd/{file}").LinkTarget?.StartsWith(s_path, StringComparison.Ordinal) is not true || --s_writes >= 0)
            return false;
        Marshal.SetLastSystemError(Failed);
        return true;
    }
}
