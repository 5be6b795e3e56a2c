using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;

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
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, session => Print(session, parsed.GetValue(name))));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plugins",
        "rils plugins masking",
        "rils plugins vit",
        "rils plugins --plugins ~/my-masking/bin/Release/net10.0",
    ];

    static int Print(Session session, string? name)
    {
        if (name is null) session.Terminal.Write(PluginTable.Of(session.Plugins, session.Terminal.IsPlain));
        else KeyTables.Write(session.Terminal, session.Plugins.Registry, name);
        return ExitCode.Done;
    }
}
