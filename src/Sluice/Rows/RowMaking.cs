using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Sluice.Rows;

/// <summary>How a row is made: the public constructor that takes the most columns, then the properties that it left.</summary>
sealed class RowMaking
{
    internal RowMaking([DynamicallyAccessedMembers(RowMembers.Needed)] Type type, IReadOnlyList<RowMember> columns)
    {
        Columns = columns;
        IsPossible = type.IsValueType;
        if (!type.IsAbstract)
        {
            foreach (var constructor in RowMembers.Constructors(type))
                Consider(constructor);
        }
        Setters = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].IsSettable && !Parameters.Contains(i))];
    }

    internal IReadOnlyList<RowMember> Columns { get; }

    /// <summary>False where no constructor can be fed from the columns alone.</summary>
    internal bool IsPossible { get; private set; }

    /// <summary>Null for a struct that has none of its own.</summary>
    internal ConstructorInfo? Constructor { get; private set; }

    /// <summary>The column of each of the constructor's parameters.</summary>
    internal int[] Parameters { get; private set; } = [];

    /// <summary>The columns that are set afterwards.</summary>
    internal int[] Setters { get; }

    void Consider(ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        var found = new int[parameters.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = ColumnOf(parameters[i]);
            if (found[i] < 0)
                return;
        }
        if (IsPossible && Constructor is not null && found.Length <= Parameters.Length)
            return;
        IsPossible = true;
        Constructor = constructor;
        Parameters = found;
    }

    int ColumnOf(ParameterInfo parameter)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && Columns[i].Property.PropertyType == parameter.ParameterType)
                return i;
        }
        return -1;
    }
}
