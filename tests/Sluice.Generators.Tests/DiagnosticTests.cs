using Microsoft.CodeAnalysis;
using Sluice.Generators.Tests.Fakes;

namespace Sluice.Generators.Tests;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("SLU1002", "Inner", "class Outer { [Table(\"t\")] public partial record Inner(int Id); }")]
    [InlineData("SLU1003", "Handle", "[Table(\"t\")] partial class Row { public int Id { get; set; } public IntPtr Handle { get; set; } }")]
    [InlineData("SLU1003", "Handles", "[Table(\"t\")] partial class Row { public int Id { get; set; } public List<IntPtr> Handles { get; set; } = []; }")]
    [InlineData("SLU1003", "Jagged", "[Table(\"t\")] partial class Row { public int Id { get; set; } public int[][] Jagged { get; set; } = []; }")]
    [InlineData("SLU1003", "Any", "[Table(\"t\")] partial class Row { public int Id { get; set; } public object? Any { get; set; } }")]
    [InlineData("SLU1003", "Map", "[Table(\"t\")] partial record Row(int Id, Dictionary<string, string> Map);")]
    [InlineData("SLU1004", "Row", "[Table(\"t\")] partial class Row { [NotMapped] public int Id { get; set; } int Hidden { get; set; } public static int S { get; set; } }")]
    [InlineData("SLU1005", "UserID", "[Table(\"t\")] partial record Row(int UserId, int UserID);")]
    [InlineData("SLU1005", "B", "[Table(\"t\")] partial class Row { [Column(\"x\")] public int A { get; set; } [Column(\"x\")] public int B { get; set; } }")]
    [InlineData("SLU1006", "Row", "[Table(\"t\")] partial record Row<T>(int Id);")]
    [InlineData("SLU1006", "Row", "partial class Outer<T> { [Table(\"t\")] public partial record Row(int Id); }")]
    [InlineData("SLU1007", "Id", "[Table(\"t\")] partial class Row { [Key, NotMapped] public int Id { get; set; } public int Other { get; set; } }")]
    [InlineData("SLU1008", "Row", "[Table(\"t\")] partial class Row(string connection) { public string C => connection; public int Id { get; set; } }")]
    [InlineData("SLU1008", "Row", "[Table(\"t\")] abstract partial class Row { public int Id { get; set; } }")]
    [InlineData("SLU1008", "Row", "[Table(\"t\")] partial class Row { public int Id { get; set; } public required int Field; }")]
    [InlineData("SLU1009", "Table", "[Table(\"t\")] partial record Row(int Id, string Table);")]
    [InlineData("SLU1009", "DiningTable", "[RowOf(\"t\")] partial record struct Dining(int Id, int DiningTable);")]
    [InlineData("SLU1010", "Row", "partial class Outer { [Table(\"t\")] private partial record Row(int Id); }")]
    [InlineData("SLU1010", "Row", "[RowOf(\"t\")] file partial record struct Row(int Id);")]
    [InlineData("SLU1011", "OwnerId", "[Table(\"t\")] partial class Row { public int Id { get; set; } [ForeignKey(\"Owner\")] public int OwnerId { get; set; } }")]
    public void A_type_without_a_table_is_an_error_at_its_cause(string id, string place, string source)
    {
        var (complaints, _) = Compiler.Run(source);
        var complaint = Assert.Single(complaints);
        Assert.Equal(id, complaint.Id);
        Assert.Equal(DiagnosticSeverity.Error, complaint.Severity);
        Assert.Equal(place, Compiler.Place(complaint, source));
        Assert.Equal("file1.cs", complaint.Location.GetLineSpan().Path);
    }

    [Fact]
    public void A_type_that_is_not_partial_is_only_a_suggestion()
    {
        const string Source = "[Table(\"t\")] class Entity { public object? Whatever { get; set; } }";
        var (complaints, errors) = Compiler.Run(Source);
        var complaint = Assert.Single(complaints);
        Assert.Equal(("SLU1001", DiagnosticSeverity.Info, "Entity"), (complaint.Id, complaint.Severity, Compiler.Place(complaint, Source)));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("Other", "[Table(\"t\")] partial class Row { public int Id { get; set; } public Other? Other { get; set; } } [Table(\"o\")] partial class Other { public int Id { get; set; } }")]
    [InlineData("Other", "[Table(\"t\")] partial class Row { public int Id { get; set; } public byte[]? OtherId { get; set; } public Other? Other { get; set; } } [Table(\"o\")] partial class Other { public byte[] Id { get; set; } = []; }")]
    [InlineData("Other", "[Table(\"t\")] partial class Row { public int Id { get; set; } public int OtherId { get; set; } public Other? Other => null; } [Table(\"o\")] partial class Other { public int Id { get; set; } }")]
    [InlineData("Others", "[Table(\"t\")] partial class Row { public int Id { get; set; } public Other[] Others => []; } [Table(\"o\")] partial class Other { public int Id { get; set; } public int RowId { get; set; } }")]
    [InlineData("Others", "[Table(\"t\")] partial class Row { public int Id { get; set; } public List<Other> Others { get; set; } = []; } [Table(\"o\")] partial class Other { public int Id { get; set; } public int AId { get; set; } public Row? A { get; set; } public int BId { get; set; } public Row? B { get; set; } }")]
    public void A_property_that_cannot_be_read_along_is_only_a_suggestion(string place, string source)
    {
        var (complaints, errors) = Compiler.Run(source);
        var complaint = Assert.Single(complaints, c => Compiler.Place(c, source) == place);
        Assert.Equal(("SLU1012", DiagnosticSeverity.Info), (complaint.Id, complaint.Severity));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("namespace @class { [Table(\"t\")] partial class @int { public int Id { get; set; } public List<@event> @new { get; set; } = []; } [Table(\"o\")] partial class @event { public int Id { get; set; } public int intId { get; set; } } }")]
    [InlineData("[Table(\"t\")] public partial class Row { public int Id { get; set; } public List<Other> Others { get; set; } = []; [Table(\"o\")] public partial class Other { public int Id { get; set; } public int RowId { get; set; } } }")]
    [InlineData("class Base { public int Id { get; set; } [InverseProperty(\"Row\")] public List<Other> Columns { get; init; } = []; } [Table(\"t\")] partial class Row : Base { public int X { get; set; } } [Table(\"o\")] partial class Other { public int Id { get; set; } public int RowId { get; set; } public Row? Row { get; set; } }")]
    [InlineData("[Table(\"t\")] partial class Row { public long Id { get; set; } public ISet<Other> Set { get; set; } = new HashSet<Other>(); public System.Collections.ObjectModel.ObservableCollection<Other> Held { get; } = []; } [Table(\"o\")] partial class Other { public int Id { get; set; } public uint? RowId { get; set; } }")]
    [InlineData("[Table(\"t\")] partial record Row(int Id) { public List<Other> Others { get; init; } = []; } [Table(\"o\")] partial record Other(int Id, int RowId) { public Row? Row { get; private set; } }")]
    [InlineData("[Table(\"t\")] partial class Row { [Key] public int A { get; set; } [Key] public System.Guid B { get; set; } [Key] public string C { get; set; } = \"\"; public Other[] Others { get; set; } = []; } [Table(\"o\")] partial class Other { public int Id { get; set; } public int RowA { get; set; } public System.Guid? RowB { get; set; } public string? RowC { get; set; } }")]
    [InlineData("[Table(\"t\")] partial class Row { public int Id { get; set; } public List<Other> Others { get; set; } = []; } [Table(\"o\")] partial class Other { public int Id { get; set; } public IEnumerable<Row> Rows { get; set; } = []; }")]
    [InlineData("#nullable disable\n[Table(\"t\")] partial class Row { public int Id { get; set; } public string OtherId { get; set; } public Other Other { get; set; } } [Table(\"o\")] partial class Other { public string Id { get; set; } }")]
    public void Relations_compile(string source)
    {
        var (complaints, errors) = Compiler.Run(source);
        Assert.Empty(complaints);
        Assert.Empty(errors);
    }

    [Fact]
    public void A_message_names_the_property_its_type_and_the_remedy()
    {
        var (complaints, _) = Compiler.Run("class Line; [Table(\"t\")] partial class Order { public int Id { get; set; } public List<Line> Lines { get; set; } = []; }");
        Assert.Equal(
            "'Order.Lines' is a List<Line>, which no column holds. Exclude it with [NotMapped], or give it a supported type.",
            Assert.Single(complaints).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_complaint_about_a_type_is_made_at_once()
    {
        var (complaints, _) = Compiler.Run("[Table(\"t\")] partial class Row { public object? A { get; set; } public object? B { get; set; } public int Table { get; set; } }");
        Assert.Equal(["SLU1003", "SLU1003", "SLU1009"], complaints.Select(c => c.Id).Order());
    }

    [Theory]
    [InlineData("[Table(\"t\")] partial class Row { Row() { } public int Id { get; private set; } public string? S { get; init; } }")]
    [InlineData("[Table(\"t\")] [RowOf(\"t\")] partial class Row { public int Id { get; set; } }")]
    [InlineData("[Table(\"a \\\"quoted\\\" <name> & \\n more\", Schema = \"s\")] partial class Row { [Column(\"x\\\"y\\\\<\")] public int Id { get; set; } }")]
    [InlineData("namespace @class.@event { [Table(\"t\")] partial class @int { public int @namespace { get; set; } } }")]
    [InlineData("[RowOf(\"t\")] public partial struct Row { public int A; public int B { get; set; } public readonly int C { get => A; init => A = value; } }")]
    [InlineData("[Table(\"t\")] partial class Row { public required int Id { get; set; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Row(int id) => Id = id; }")]
    [InlineData("[Table(\"t\")] partial class Row { public required int Id { get; set; } public Row(int id) => Id = id; }")]
    [InlineData("class Base { public int Id { get; private set; } = 1; public int Other { get; protected set; } } [Table(\"t\")] partial class Row : Base { public int X { get; set; } }")]
    [InlineData("[Table(\"t\")] partial class Parent { public int Id { get; set; } } [Table(\"u\")] partial class Child : Parent { public int Z { get; set; } }")]
    [InlineData("#nullable disable\n[Table(\"t\")] partial class Row { public string Id { get; set; } public int[] A { get; set; } }")]
    public void What_is_generated_compiles(string source)
    {
        var (complaints, errors) = Compiler.Run(source);
        Assert.Empty(complaints);
        Assert.Empty(errors);
    }
}
