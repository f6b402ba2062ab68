namespace Sluice.Statements;

/// <summary>What is read along with the rows of a query, and is no part of its text.</summary>
abstract record ReadAlong
{
    /// <summary>What it is called in messages.</summary>
    internal abstract string Name { get; }
}
