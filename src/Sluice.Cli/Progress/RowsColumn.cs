using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sluice.Cli.Progress;

/// <summary>The rows sent and their rate, beside the bar.</summary>
sealed class RowsColumn : ProgressColumn
{
    internal string Text { get; set; } = "";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Text);
}
