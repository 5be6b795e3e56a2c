using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils plugins add</c>: installs a plugin for this user.</summary>
sealed class PluginsAddCommand : Command, IHasExamples
{
    readonly Argument<string> file = new Argument<string>("FILE")
    {
        Description = "A zip or NuGet package (.nupkg) of a plugin, or the folder that it was built into.",
    }.OfPath();
    readonly Option<bool> replace = new("--replace")
    {
        Description = "Puts the plugin in the place of another build of it.",
    };

    public PluginsAddCommand() : base("add",
        "Checks a plugin and installs it for this user: all commands load it from then on.")
    {
        Arguments.Add(file);
        Options.Add(replace);
        SetAction(parsed => CommandHost.Run<PluginsAddHandler>(parsed,
            () => new PluginsAddArguments(parsed.GetValue(file)!, parsed.GetValue(replace))));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plugins add Alice.1.2.0.nupkg",
        "rils plugins add alice-1.3.zip --replace",
        "rils plugins add my-plugins/ColumnMasking",
    ];
}
