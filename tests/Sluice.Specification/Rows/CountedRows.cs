using System.Collections;

namespace Sluice.Specification.Rows;

/// <summary>A sequence that counts how often it is enumerated and how often its enumerator is disposed.</summary>
public sealed class CountedRows(IEnumerable<Reading> rows) : IEnumerable<Reading>
{
    public int Enumerations { get; private set; }

    public int Disposals { get; private set; }

    public IEnumerator<Reading> GetEnumerator()
    {
        Enumerations++;
        return Enumerate();
    }

    IEnumerator<Reading> Enumerate()
    {
        try
        {
            foreach (var row in rows)
                yield return row;
        }
        finally
        {
            Disposals++;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
