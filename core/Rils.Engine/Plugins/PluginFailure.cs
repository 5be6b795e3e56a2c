using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>Says on one line why a plugin failed, and gives advice.</summary>
static class PluginFailure
{
    public static string Cause(Exception error)
    {
        var text = Scheduling.Cause.Of(error).ReplaceLineEndings(" ");
        return Scheduling.Cause.Root(error) is var root && Scheduling.Cause.IsSlip(root)
            ? text : $"{root.GetType().Name}: {text}";
    }

    public static string Advice(Exception error) => Scheduling.Cause.Root(error) switch
    {
        MissingMemberException or TypeLoadException => "build the plugin against the Rils.Contract.dll of this host: "
            + "the plugin uses a type or a member that this host lacks",
        FileNotFoundException or FileLoadException => "put every assembly that the plugin references into the plugin's "
            + "folder: the build does so where the csproj has EnableDynamicLoading",
        _ => "see the plugin's documentation, or report this to its author",
    };
}
