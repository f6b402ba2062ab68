namespace Sluice;

/// <summary>How a query's rows come from the database. A database that has one way only uses it whatever is asked for.</summary>
public enum StreamMode
{
    /// <summary>By a cursor; what no cursor can be declared for comes directly.</summary>
    Auto,

    /// <summary>
    /// As the server sends them: the least work for a consumer that keeps up. The connection serves nothing else until the end.
    /// </summary>
    Direct,

    /// <summary>By a server-side cursor, a batch at a time: the server does no more than what is asked for.</summary>
    Cursor,
}
