using System.Runtime.CompilerServices;

namespace Sluice.Loading;

static class AsyncDisposal
{
    /// <summary>Disposes a resource off the caller's context while keeping it in hand.</summary>
    internal static ConfiguredAsyncDisposable ConfigureAwait<T>(this T resource, bool continueOnCapturedContext, out T same)
        where T : IAsyncDisposable
    {
        same = resource;
        return ((IAsyncDisposable)resource).ConfigureAwait(continueOnCapturedContext);
    }
}
