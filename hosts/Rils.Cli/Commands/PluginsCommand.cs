using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils plugins</c>: lists the plugins, their kinds and systems, or the keys that an experiment can
/// set.</summary>
sealed class PluginsCommand : Command, IHasExamples
{
    readonly Argument<string?> name = new("NAME")
    {
        Description = "A table (masking), a kind (vit) or a plugin (Rils.Vit) whose keys are printed, "
            + "with type, default and meaning.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public PluginsCommand() : base("plugins",
        "Lists the plugins that rils finds, with the kinds and systems that each registers; "
        + "with NAME, the keys that an experiment can set.")
    {
        Arguments.Add(name);
        Options.Add(plugins);
        Subcommands.Add(new PluginsAddCommand());
        Subcommands.Add(new PluginsRemoveCommand());
        SetAction(parsed => CommandHost.Run<PluginsHandler>(parsed, () => new PluginsArguments(parsed.GetValue(name))
        {
            Plugins = parsed.GetValue(plugins)!,
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plugins",
        "rils plugins masking",
        "rils plugins vit",
        "rils plugins --plugins ~/my-masking/bin/Release/net10.0",
        "rils plugins add Alice.1.2.0.nupkg",
    ];
}
