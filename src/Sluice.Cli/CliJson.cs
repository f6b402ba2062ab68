using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Cli.Progress;

namespace Sluice.Cli;

/// <summary>The command's JSON, written by code made at build time: reflection would cost a cold start more than a small load.</summary>
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(ProgressEvent))]
sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>One object a line, with names as they are written in the database.</summary>
    internal static CliJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
