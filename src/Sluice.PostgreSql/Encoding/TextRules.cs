namespace Sluice.PostgreSql.Encoding;

static class TextRules
{
    /// <summary>Refuses a text of more characters than its column takes. Characters are code points, as the server counts them.</summary>
    internal static void CheckLength(in Slot slot, ReadOnlySpan<byte> utf8)
    {
        if (slot.IsName)
            throw ValueProblems.NameTooLong(slot, utf8.Length);
        var characters = 0;
        foreach (var unit in utf8)
        {
            // Every byte begins a character except those of the form 10xxxxxx.
            if ((unit & 0xc0) != 0x80)
                characters++;
        }
        if (characters > slot.Length)
            throw ValueProblems.TooLong(slot, characters);
    }
}
