using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils plugins</c>: which plugins there are, what they bring, and which keys that takes.</summary>
sealed class PluginsCommand : Command, IHasExamples
{
    readonly Argument<string?> name = new("NAME")
    {
        Description = "A table (masking), a kind (vit) or a plugin (Rils.Vit): prints its keys with type, default and meaning.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public PluginsCommand() : base("plugins", "Lists the plugins that are found, with the kinds and systems that each registers; with NAME, what an experiment can say of it.")
    {
        Arguments.Add(name);
        Options.Add(plugins);
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
    ];
}
