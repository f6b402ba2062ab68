namespace Sluice.Generators.Parsing;

/// <summary>The attributes that describe a table.</summary>
static class AttributeNames
{
    const string Annotations = "System.ComponentModel.DataAnnotations.";

    internal const string Table = Annotations + "Schema.TableAttribute";
    internal const string RowOf = "Sluice.RowOfAttribute";
    internal const string Default = "Sluice.DefaultAttribute";
    internal const string Unique = "Sluice.UniqueAttribute";
    internal const string Check = "Sluice.CheckAttribute";
    internal const string Column = Annotations + "Schema.ColumnAttribute";
    internal const string NotMapped = Annotations + "Schema.NotMappedAttribute";
    internal const string DatabaseGenerated = Annotations + "Schema.DatabaseGeneratedAttribute";
    internal const string ForeignKey = Annotations + "Schema.ForeignKeyAttribute";
    internal const string InverseProperty = Annotations + "Schema.InversePropertyAttribute";
    internal const string Key = Annotations + "KeyAttribute";
    internal const string MaxLength = Annotations + "MaxLengthAttribute";
    internal const string StringLength = Annotations + "StringLengthAttribute";
    internal const string Required = Annotations + "RequiredAttribute";
    internal const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
}
