namespace Sluice.Cli;

/// <summary>Keeps passwords out of everything that is printed.</summary>
/// <remarks>
/// Three walls: a text with the shape of an address is refused, unread, wherever none belongs; messages of ours do not repeat addresses;
/// and what is printed of others' words is searched for anything that looks like a password, and for those that the command line held.
/// </remarks>
static class Secrets
{
    /// <summary>A shorter one would be found everywhere; whoever has it is not told it by a message.</summary>
    const int ShortestRemembered = 4;

    const string Hidden = "***";

    static readonly string[] s_keywords = ["password", "passwd", "pwd"];

    static readonly List<string> s_remembered = [];

    /// <summary>Whether a text looks like an address of a database, which may hold a password.</summary>
    internal static bool MayBeIn(string text) =>
        LooksLikeUrl(text) || PostgresAddress.BeginsWithKeyword(text) || NextPassword(text, 0) >= 0;

    /// <summary>The part of <see cref="MayBeIn"/> that no name of a column has and no SQL begins with.</summary>
    internal static bool LooksLikeUrl(string text) =>
        text.Contains("://", StringComparison.Ordinal)
            || UserAndPassword(text) is { } found && !text.AsSpan(0, found.Colon).ContainsAny(" \t'\"(");

    /// <summary>Takes note of the passwords of a command line and its variable, so that no message shows them.</summary>
    internal static void RememberAll(string[] arguments)
    {
        foreach (var argument in arguments)
            Remember(argument);
        if (Environment.GetEnvironmentVariable("SLUICE_TO") is { } target)
            Remember(target);
    }

    static void Remember(string text)
    {
        if (UserAndPassword(text) is { } found)
            Remember(text, found.Colon + 1, found.At);
        for (var begin = NextPassword(text, 0); begin >= 0; begin = NextPassword(text, begin))
        {
            // Up to the end of a keyword's value in each of the forms, since which one was meant is not certain.
            foreach (var ends in (string[])[";", "&", " ", "; &"])
                Remember(text, begin, End(text, begin, ends));
        }
    }

    /// <summary>The text with stars in place of what may be a password.</summary>
    internal static string Hide(string text)
    {
        foreach (var secret in s_remembered)
            text = Replace(text, secret);
        return HideKeywords(HideUrls(text));
    }

    static void Remember(string text, int begin, int end)
    {
        var secret = text[begin..end].Trim();
        foreach (var form in (string[])[secret, secret.Trim('\'', '"'), Uri.UnescapeDataString(secret)])
        {
            // One that is also the user's name, or the database's, cannot be told from it, and is no secret.
            if (form.Length >= ShortestRemembered && !s_remembered.Contains(form, StringComparer.Ordinal)
                && !text[..begin].Contains(form, StringComparison.OrdinalIgnoreCase)
                    && !text[end..].Contains(form, StringComparison.OrdinalIgnoreCase))
                s_remembered.Add(form);
        }
        // The longest first: what holds another one is to be hidden whole.
        s_remembered.Sort((one, other) => other.Length.CompareTo(one.Length));
    }

    // Between the first colon behind the scheme and the last at sign: a password may hold either of them.
    static (int Colon, int At)? UserAndPassword(string text)
    {
        var scheme = text.IndexOf(":/", StringComparison.Ordinal);
        var begin = scheme < 0 || text.AsSpan(0, scheme).ContainsAny(" =@") ? 0 : scheme + 2;
        while (begin > 0 && begin < text.Length && text[begin] is '/')
            begin++;
        var colon = text.IndexOf(':', begin);
        var at = text.LastIndexOf('@');
        return colon >= 0 && at > colon + 1 ? (colon, at) : null;
    }

    /// <summary>Where the value of the next keyword that names a password begins, or -1.</summary>
    static int NextPassword(string text, int from)
    {
        for (; from < text.Length; from++)
        {
            foreach (var keyword in s_keywords)
            {
                if (string.Compare(text, from, keyword, 0, keyword.Length, StringComparison.OrdinalIgnoreCase) == 0
                    && Skip(text, from + keyword.Length) is var equals && equals < text.Length && text[equals] is '=')
                    return Skip(text, equals + 1);
            }
        }
        return -1;
    }

    static int Skip(string text, int place)
    {
        while (place < text.Length && text[place] is ' ' or '\t')
            place++;
        return place;
    }

    /// <summary>The end of a value: behind its closing quote, or before the first of the characters that end one.</summary>
    static int End(string text, int begin, string ends)
    {
        var quoted = begin < text.Length && text[begin] is '\'' or '"' ? text.IndexOf(text[begin], begin + 1) : -1;
        if (quoted >= 0)
            return quoted + 1;
        var end = text.AsSpan(begin).IndexOfAny(ends);
        return end < 0 ? text.Length : begin + end;
    }

    static string HideKeywords(string text)
    {
        for (var begin = NextPassword(text, 0); begin >= 0; begin = NextPassword(text, begin + Hidden.Length))
        {
            text = string.Concat(text.AsSpan(0, begin), Hidden, text.AsSpan(End(text, begin, "; \t\r\n&")));
        }
        return text;
    }

    static string HideUrls(string text)
    {
        for (var scheme = text.IndexOf("://", StringComparison.Ordinal); scheme >= 0; scheme = text.IndexOf("://", scheme + 3, StringComparison.Ordinal))
        {
            var begin = scheme + 3;
            var word = text.AsSpan(begin).IndexOfAny(" \t\r\n'\"");
            var address = word < 0 ? text.AsSpan(begin) : text.AsSpan(begin, word);
            var (colon, at) = (address.IndexOf(':'), address.LastIndexOf('@'));
            if (colon >= 0 && at > colon)
                text = string.Concat(text.AsSpan(0, begin + colon + 1), Hidden, text.AsSpan(begin + at));
        }
        return text;
    }

    // Within a longer word it is another word.
    static string Replace(string text, string secret)
    {
        for (var at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at, StringComparison.Ordinal))
        {
            var end = at + secret.Length;
            if (IsInWord(text, at) || IsInWord(text, end))
            {
                at++;
                continue;
            }
            text = string.Concat(text.AsSpan(0, at), Hidden, text.AsSpan(end));
            at += Hidden.Length;
        }
        return text;
    }

    static bool IsInWord(string text, int place) =>
        place > 0 && place < text.Length && char.IsLetterOrDigit(text[place - 1]) && char.IsLetterOrDigit(text[place]);
}
