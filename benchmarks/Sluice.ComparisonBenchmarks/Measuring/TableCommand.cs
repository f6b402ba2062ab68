using Sluice.ComparisonBenchmarks.Workloads;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>./bench table RESULTS.jsonl, --update PAGE and --check PAGE.</summary>
static class TableCommand
{
    internal static int Run(string[] args)
    {
        switch (args)
        {
            case ["--update", var page]:
                File.WriteAllText(page, ResultPage.Render(page, File.ReadAllText(page)));
                return 0;
            case ["--check", var page]:
                var text = File.ReadAllText(page);
                if (ResultPage.Render(page, text) == text)
                    return 0;
                Console.Error.WriteLine($"The tables of '{page}' are not those of its result files; run ./bench table --update {page}.");
                return 1;
            case [var file]:
                Console.Out.Write(ResultTable.Render(File.ReadLines(file)));
                return 0;
            default:
                throw new UsageException("./bench table takes a file of results, --update PAGE or --check PAGE.");
        }
    }
}
