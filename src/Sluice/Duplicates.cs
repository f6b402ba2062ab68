namespace Sluice;

/// <summary>What becomes of input rows that have the same key as another one: one of a closed set of policies.</summary>
public abstract record Duplicates
{
    Duplicates()
    {
    }

    /// <summary>The second one is an error that names both rows, before either of them counts.</summary>
    public static Duplicates Error { get; } = new Refused();

    /// <summary>The first one counts; later ones are skipped.</summary>
    public static Duplicates KeepFirst { get; } = new First();

    /// <summary>
    /// The last one counts; earlier ones are skipped. All rows are held in memory, because only the end tells which was the last.
    /// </summary>
    public static Duplicates KeepLast { get; } = new Last();

    /// <summary>Rows of one key become one row, which counts; the others are skipped.</summary>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    /// <typeparam name="T">The row type of the load.</typeparam>
    /// <param name="merge">Given what became of the earlier rows of a key and the next one; what it returns has the same key.</param>
    public static Duplicates Merge<T>(Func<T, T, T> merge)
    {
        ArgumentNullException.ThrowIfNull(merge);
        return new Merged(merge);
    }

    /// <summary>Whether all rows must be at hand before one of them can be let through.</summary>
    internal abstract bool NeedsAll { get; }

    /// <summary>Whether rows are merged by a function.</summary>
    internal bool IsMerge => this is Merged;

    sealed record Refused : Duplicates
    {
        internal override bool NeedsAll => false;

        public override string ToString() => nameof(Error);
    }

    sealed record First : Duplicates
    {
        internal override bool NeedsAll => false;

        public override string ToString() => nameof(KeepFirst);
    }

    sealed record Last : Duplicates
    {
        internal override bool NeedsAll => true;

        public override string ToString() => nameof(KeepLast);
    }

    sealed record Merged(Delegate Function) : Duplicates
    {
        internal override bool NeedsAll => true;

        public override string ToString() => nameof(Merge);
    }
}
