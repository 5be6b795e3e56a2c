using System.CommandLine;

namespace Rils.Cli.Commands;

/// <summary><c>rils data</c>: the commands that work on data without an experiment.</summary>
sealed class DataCommand : Command, IHasExamples
{
    public DataCommand() : base("data", "Packs, inspects and verifies data of any kind of source. See docs/data.md.")
    {
        Subcommands.Add(new DataPackCommand());
        Subcommands.Add(new DataInspectCommand());
        Subcommands.Add(new DataVerifyCommand());
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils data inspect my-images --html my-images.html",
        "rils data pack my-images --to my-data --val 0.1",
        "rils data verify my-data",
    ];
}
