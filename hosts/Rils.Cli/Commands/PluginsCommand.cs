using System.CommandLine;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;

namespace Rils.Cli.Commands;

/// <summary><c>rils plugins</c>: which plugins there are, and what they bring.</summary>
sealed class PluginsCommand : Command, IHasExamples
{
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public PluginsCommand() : base("plugins", "Lists the plugins that are found, with the kinds and systems that each registers.")
    {
        Options.Add(plugins);
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, List));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plugins",
        "rils plugins --plugins ~/my-masking/bin/Release/net10.0",
    ];

    static int List(Session session)
    {
        session.Terminal.Write(PluginTable.Of(session.Plugins, session.Terminal.IsPlain));
        return ExitCode.Done;
    }
}
