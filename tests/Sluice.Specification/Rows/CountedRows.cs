using System.Collections;

namespace Sluice.Specification.Rows;

/// <summary>A sequence that counts how often it is enumerated and how often its enumerator is disposed.</summary>
public sealed class CountedRows(IEnumerable<Measurement> rows) : IEnumerable<Measurement>
{
    public int Enumerations { get; private set; }

    public int Disposals { get; private set; }

    public IEnumerator<Measurement> GetEnumerator()
    {
        Enumerations++;
        return Enumerate();
    }

    IEnumerator<Measurement> Enumerate()
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
