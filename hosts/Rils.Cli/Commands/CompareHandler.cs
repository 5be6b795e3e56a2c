using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;

namespace Rils.Cli.Commands;

/// <param name="Folders">The folders of runs and sweeps.</param>
/// <param name="Options">The baseline, and the heads and metrics to show.</param>
/// <param name="Format">The format: <c>text</c>, <c>markdown</c>, <c>csv</c>, <c>json</c>, <c>latex</c> or
/// <c>html</c>.</param>
sealed record CompareArguments(IReadOnlyList<string> Folders, CompareOptions Options, string Format) : CommandArguments;

/// <summary>Reads finished runs and prints the differences between their arms.</summary>
sealed class CompareHandler(CompareArguments arguments, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        var comparison =
            UsageException.Reading(() => Comparer.Compare(arguments.Folders, arguments.Options));
        var output = terminal.Output;
        switch (arguments.Format)
        {
            case "markdown": output.Write(ComparisonFormats.Markdown(comparison)); break;
            case "csv": output.Write(ComparisonFormats.Csv(comparison)); break;
            case "json": output.Write(ComparisonFormats.Json(comparison)); break;
            case "latex": output.Write(ComparisonFormats.Latex(comparison)); break;
            case "html": output.Write(ComparisonFormats.Html(comparison)); break;
            default: ComparisonDisplay.Write(terminal, comparison); break;
        }
        return ExitCode.Done;
    }
}
