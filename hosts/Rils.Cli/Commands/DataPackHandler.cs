using Microsoft.Extensions.DependencyInjection;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Datasets;
using Rils.Engine.Datasets.Packing;

namespace Rils.Cli.Commands;

/// <param name="Data">The data.</param>
/// <param name="To">The folder for the shards.</param>
/// <param name="Plan">How the data is packed.</param>
sealed record DataPackArguments(GivenData Data, string To, PackPlan Plan) : CommandArguments;

/// <summary>Packs the data and prints how an experiment uses the shards.</summary>
sealed class DataPackHandler(DataPackArguments arguments, DataOpener opener, Terminal terminal) : ICommandHandler
{
    public static bool WritesFiles => true;

    public static void AddTo(IServiceCollection services) => services.AddSingleton<DataOpener>();

    public int Run(CancellationToken stopping)
    {
        using var data = DataDisplay.Open(terminal, opener, arguments.Data);
        using var folder = OneRun.Usable("--to", () => PackFolder.Open(arguments.To, data, arguments.Plan));
        var result = Pack(data, folder, stopping);
        foreach (var line in PackLines.Of(arguments.To, folder, result)) terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }

    PackResult Pack(OpenedData data, PackFolder folder, CancellationToken stopping)
    {
        try
        {
            return DataDisplay.Watch(terminal, "packed",
                tell => new Packer(data, folder, arguments.Plan, tell).Pack(stopping));
        }
        catch (InvalidDataException unusable)
        {
            throw new UsageException(unusable.Message);
        }
    }
}
