using System.Reflection;

namespace Rils.Engine.Plugins;

/// <summary>What made a plugin fail, in a line.</summary>
static class PluginFailure
{
    public static string Cause(Exception error)
    {
        var cause = Root(error);
        return $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}";
    }

    public static string Advice(Exception error) => Root(error) switch
    {
        MissingMemberException or TypeLoadException => "build the plugin against the Rils.Abstractions.dll of this host: it uses what this one lacks",
        FileNotFoundException or FileLoadException => "give the plugin's folder everything that it references: EnableDynamicLoading in its csproj does that",
        _ => "see the plugin's documentation, or report this to its author",
    };

    // Reflection and static constructors wrap the exception that says something.
    static Exception Root(Exception error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Root(inner),
        TypeInitializationException { InnerException: { } inner } => Root(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Root(first),
        _ => error,
    };
}
