using System.Globalization;

namespace Sluice.Schema;

/// <summary>Types as <c>[Column(TypeName = …)]</c> declares them.</summary>
static class DeclaredType
{
    /// <summary>Keeps the family that the .NET type has; the limits in parentheses count where they belong to that family.</summary>
    internal static SqlType Apply(SqlType type, string storeName)
    {
        var open = storeName.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && storeName.EndsWith(')'))
        {
            var name = storeName[..open].Trim().ToLowerInvariant();
            var limits = Limits(storeName[(open + 1)..^1]);
            var limited = (type.Kind, name, limits) switch
            {
                (SqlTypeKind.Numeric, "numeric" or "decimal", [var precision]) => SqlType.Decimal(precision, 0),
                (SqlTypeKind.Numeric, "numeric" or "decimal", [var precision, var scale]) => SqlType.Decimal(precision, scale),
                (SqlTypeKind.Text, "varchar" or "character varying", [var length]) => SqlType.VarChar(length),
                (SqlTypeKind.Text or SqlTypeKind.Char, "char" or "character", [var length]) => SqlType.Char(length),
                _ => null,
            };
            if (limited is not null)
                return limited;
        }
        return type with { StoreName = storeName };
    }

    static int[] Limits(string text)
    {
        var parts = text.Split(',');
        var limits = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out limits[i]))
                return [];
        }
        return limits;
    }
}
