using System.Reflection;

namespace Rils.Tests.Engine.Plugins;

/// <summary>The plugins of tests/plugins, as the build left them on disk.</summary>
static class FixturePlugins
{
    static readonly string Root = typeof(FixturePlugins).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == nameof(FixturePlugins)).Value!;

    public static string Of(string name) => Path.Combine(Root, name);

    /// <summary>Copies a plugin's folder, so that a test may spoil the copy, and returns the copy's folder.</summary>
    public static string CopyTo(string folder, string name)
    {
        foreach (var file in Directory.GetFiles(Of(name), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Of(name), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return folder;
    }
}
