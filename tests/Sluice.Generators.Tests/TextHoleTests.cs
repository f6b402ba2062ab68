using Microsoft.CodeAnalysis;
using Sluice.Generators.Tests.Fakes;

namespace Sluice.Generators.Tests;

/// <summary>What the compiler says of texts with holes.</summary>
public sealed class TextHoleTests
{
    static IReadOnlyList<Diagnostic> Errors(string call) =>
        Compiler.Run($$"""static class Program { static SqlText Made(int x, string? s) => {{call}}; }""").Errors;

    [Theory]
    [InlineData("Sql.Text($\"SELECT {x:N0}\")", "has a format")]
    [InlineData("Sql.Text($\"SELECT {s,10}\")", "has an alignment")]
    [InlineData("Sql.Text($\"SELECT {x,10:N0}\")", "has a format")]
    public void A_format_or_an_alignment_is_refused_by_its_name(string call, string words)
    {
        var error = Assert.Single(Errors(call));
        Assert.Equal("CS0619", error.Id);
        Assert.Contains(words, error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sql.Text(\"SELECT \" + s)")]
    [InlineData("Sql.Text(s)")]
    [InlineData("Sql.Text($\"SELECT {x}\" + s)")]
    [InlineData("Sql.Text(string.Format(\"SELECT {0}\", s))")]
    public void A_value_cannot_be_put_into_the_words(string call) => Assert.NotEmpty(Errors(call));

    [Theory]
    [InlineData("Sql.Text($\"SELECT 1\")")]
    [InlineData("Sql.Text($\"SELECT {null}\")")]
    [InlineData("Sql.Text($\"SELECT {x}, \" + $\"{s}\")")]
    public void Holes_and_words_alone_are_a_text(string call) => Assert.Empty(Errors(call));
}
