using Microsoft.Extensions.DependencyInjection;
using Rils.Analysis.Datasets;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Datasets;
using Rils.Engine.Datasets.Inspection;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <param name="Data">The data.</param>
/// <param name="Html">The full path of the page; null for none.</param>
/// <param name="Thumbnails">The number of pictures on the page.</param>
sealed record DataInspectArguments(GivenData Data, string? Html, int Thumbnails) : CommandArguments;

/// <summary>Inspects the data, prints the tables, and writes the page.</summary>
sealed class DataInspectHandler(DataInspectArguments arguments, DataOpener opener, Terminal terminal) : ICommandHandler
{
    public static void AddTo(IServiceCollection services) => services.AddSingleton<DataOpener>();

    public int Run(CancellationToken stopping)
    {
        using var data = DataDisplay.Open(terminal, opener, arguments.Data);
        var pictures = arguments.Html is null ? 0 : arguments.Thumbnails;
        var summary = DataDisplay.Watch(terminal, "inspected",
            tell => new Inspector(opener, data, pictures, tell).Inspect(stopping));
        var tables = DataTables.Of(summary);
        foreach (var table in tables) DataTables.Write(terminal, table);
        if (arguments.Html is not { } page) return ExitCode.Done;
        DurableFile.WriteText(page, DataPage.Write(string.Join(' ', arguments.Data.Paths), tables,
            [.. summary.Thumbnails.Select(DataTables.Picture)]));
        terminal.Output.WriteLine(page);
        return ExitCode.Done;
    }
}
