using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils data verify</c>: reads everything and lists every bad sample.</summary>
sealed class DataVerifyCommand : Command, IHasExamples
{
    readonly DataArguments data = new("FROM");
    readonly Option<string?> list = new Option<string?>("--list")
    {
        HelpName = "FILE",
        Description = "A text file for the bad samples and the findings, a line each; rils replaces an existing file.",
    }.OfPath();

    public DataVerifyCommand() : base("verify",
        "Reads and decodes every sample and lists the bad ones. Ends with 0 where all are good, else with 1.")
    {
        data.AddTo(this);
        Options.Add(list);
        SetAction(parsed => CommandHost.Run<DataVerifyHandler>(parsed, () => new DataVerifyArguments(data.Data(parsed),
            parsed.GetValue(list) is { } path ? OutputFile.Of("--list", path) : null)
        {
            Plugins = data.Plugins(parsed),
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils data verify my-data",
        "rils data verify photos --kind folder --list bad.txt",
    ];
}
