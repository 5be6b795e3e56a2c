using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils plugins remove</c>: removes a plugin that this user installed.</summary>
sealed class PluginsRemoveCommand : Command, IHasExamples
{
    readonly Argument<string> name = new("NAME") { Description = "The plugin's name, as `rils plugins` lists it." };

    public PluginsRemoveCommand() : base("remove", "Removes a plugin that `rils plugins add` installed.")
    {
        Arguments.Add(name);
        SetAction(parsed => CommandHost.Run<PluginsRemoveHandler>(
            parsed, () => new PluginsRemoveArguments(parsed.GetValue(name)!)));
    }

    public IReadOnlyList<string> Examples { get; } = ["rils plugins remove Alice"];
}
