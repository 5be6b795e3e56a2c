using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>What made a plugin fail, in a line.</summary>
static class PluginFailure
{
    public static string Cause(Exception error)
    {
        var text = Scheduling.Cause.Of(error).ReplaceLineEndings(" ");
        return Scheduling.Cause.Root(error) is var root && Scheduling.Cause.IsSlip(root) ? text : $"{root.GetType().Name}: {text}";
    }

    public static string Advice(Exception error) => Scheduling.Cause.Root(error) switch
    {
        MissingMemberException or TypeLoadException => "build the plugin against the Rils.Contract.dll of this host: it uses what this one lacks",
        FileNotFoundException or FileLoadException => "give the plugin's folder everything that it references: EnableDynamicLoading in its csproj does that",
        _ => "see the plugin's documentation, or report this to its author",
    };
}
