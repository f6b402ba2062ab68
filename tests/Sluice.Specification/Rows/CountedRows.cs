using System.Collections;

namespace Sluice.Specification.Rows;

/// <summary>A sequence that counts how often it is enumerated and how often its enumerator is disposed.</summary>
public sealed class CountedRows(IEnumerable<Sample> rows) : IEnumerable<Sample>
{
    public int Enumerations { get; private set; }

    public int Disposals { get; private set; }

    public IEnumerator<Sample> GetEnumerator()
    {
        Enumerations++;
        return Enumerate();
    }

    IEnumerator<Sample> Enumerate()
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
