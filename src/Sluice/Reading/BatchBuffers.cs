using System.Buffers;
using System.Runtime.CompilerServices;

namespace Sluice.Reading;

/// <summary>The arrays that batches are read into: two in turns, or a new one each time where the consumer keeps them.</summary>
sealed class BatchBuffers<T>(int rows, bool reuse)
{
    T[]? _last;
    T[]? _other;

    internal T[] Next()
    {
        if (!reuse)
            return new T[rows];
        (_last, _other) = (_other ?? ArrayPool<T>.Shared.Rent(rows), _last);
        return _last;
    }

    internal void Return()
    {
        Return(ref _last);
        Return(ref _other);
    }

    static void Return(ref T[]? array)
    {
        if (array is not null)
            ArrayPool<T>.Shared.Return(array, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        array = null;
    }
}
