using System.Diagnostics;

namespace Sluice.Specification.Faults;

/// <summary>What may come out of a public method: what Sluice says itself, and nothing of a driver.</summary>
public static class Verdict
{
    /// <summary>Why a failure may not come out so; null where it may.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        BulkException told => Told(told),
        OperationCanceledException => null,
        ArgumentException or InvalidOperationException when IsSluices(failure) => null,
        _ => $"raw {failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}",
    };

    static string? Told(BulkException told)
    {
        if (told.Code is not { Length: 7 } || !told.Message.EndsWith($"({told.Code})", StringComparison.Ordinal))
            return $"a message without its code: {told.Message}";
        return told.RowsInDoubt > 0 && told.IsTransient ? $"to be done again though its outcome is unknown: {told.Message}" : null;
    }

    // Thrown by an assembly of Sluice itself, or by a check of .NET's that it calls.
    static bool IsSluices(Exception failure) => new StackTrace(failure).GetFrames()
        .Select(f => f.GetMethod()?.DeclaringType)
        .FirstOrDefault(t => t is not null && t.Name != "ThrowHelper" && !t.IsAssignableTo(typeof(Exception)))
        ?.Assembly.GetName().Name?.StartsWith("Sluice", StringComparison.Ordinal) is true;
}
