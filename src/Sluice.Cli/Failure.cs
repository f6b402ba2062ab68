using System.Text.RegularExpressions;

namespace Sluice.Cli;

/// <summary>Failures in words.</summary>
static partial class Failure
{
    /// <summary>The message of one of our errors as it is; of any other its type and its first line, with the stack only for who debugs.</summary>
    internal static string Describe(Exception failure)
    {
        if (Environment.GetEnvironmentVariable("SLUICE_DEBUG") is "1")
            return Mask(failure.ToString());
        return failure is BulkException
            ? failure.Message
            : Mask($"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} Set SLUICE_DEBUG=1 to see where.");
    }

    /// <summary>Hides what looks like a password in texts that are not ours.</summary>
    internal static string Mask(string text) => UrlPassword().Replace(Password().Replace(text, "$1=***"), "$1***@");

    [GeneratedRegex(@"\b(password|pwd)\s*=\s*(""[^""]*""|'[^']*'|[^;\s]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();

    [GeneratedRegex(@"(://[^:@/\s]*:)[^@\s]*@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPassword();
}
