using System.Text;

namespace Sluice.PostgreSql.Statements;

/// <summary>
/// Texts, and arrays of them, in the form that the server reads as whatever type it needs:
/// https://www.postgresql.org/docs/current/typeconv-oper.html.
/// </summary>
static class UntypedText
{
    /// <summary>The form of a value, or null where the value is no text.</summary>
    internal static string? Of(object? value) => value switch
    {
        string text => text,
        char character => character.ToString(),
        string?[] texts => Array(texts),
        char[] characters => Array(System.Array.ConvertAll(characters, c => c.ToString())),
        _ => null,
    };

    // https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO: in quotes nothing but quotes and backslashes has a meaning.
    static string Array(string?[] texts)
    {
        var array = new StringBuilder("{");
        foreach (var text in texts)
        {
            if (array.Length > 1)
                array.Append(',');
            if (text is null)
                array.Append("NULL");
            else
                Quoted(array, text);
        }
        return array.Append('}').ToString();
    }

    static void Quoted(StringBuilder array, string text)
    {
        array.Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
                array.Append('\\');
            array.Append(character);
        }
        array.Append('"');
    }
}
