namespace Sluice.Generators.Emitting;

/// <summary>The one method of an assembly that announces its tables when the assembly is first used.</summary>
static class RegistrationEmitter
{
    internal static string Emit(IEnumerable<string> types)
    {
        var writer = new SourceWriter();
        writer.Header();
        writer.Line(Code.Generated);
        writer.Open("file static class SluiceTables");
        writer.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        writer.Open("internal static void Announce()");
        foreach (var type in types)
            writer.Line($"{Code.Root}TableRegistry.Add<{type}>(static () => {type}.Table);");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
