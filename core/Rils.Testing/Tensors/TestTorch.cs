using System.Reflection;
using System.Runtime.Loader;
using Rils.Engine.Native;

namespace Rils.Testing.Tensors;

/// <summary>Loads libtorch in a test process as <c>rils</c> loads it. <see cref="TinyBatch"/>,
/// <see cref="PluginUnderTest"/> and <see cref="Conformance"/> do so by themselves; a test that uses TorchSharp before
/// these calls <see cref="Load"/> first.</summary>
public static class TestTorch
{
    /// <summary>The name of the <see cref="AssemblyMetadataAttribute"/> by which a test project tells the folder of
    /// <c>rils.dll</c>: <c>RilsHome</c>.</summary>
    public const string HomeKey = "RilsHome";

    static readonly Lock Gate = new();

    static bool loaded;

    /// <summary>Finds the folder of <c>rils.dll</c>, takes libtorch and missing assemblies from there, and sets how
    /// libtorch's threads wait. Calls after the first do nothing.</summary>
    /// <exception cref="InvalidOperationException">No folder with libtorch is known; the message says how a project
    /// tells it.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (loaded) return;
            var home = Home();
            AssemblyLoadContext.Default.Resolving += (context, name) => Resolve(context, home, name.Name!);
            NativeTorch.Load(home: home);
            loaded = true;
        }
    }

    static string Home() => Candidates().FirstOrDefault(NativeTorch.IsIn) ?? throw new InvalidOperationException(
        $"no libtorch is beside {typeof(TestTorch).Assembly.GetName().Name}.dll, and no loaded assembly tells a "
        + $"{HomeKey} that has one: put <AssemblyMetadata Include=\"{HomeKey}\" Value=\"$({HomeKey})\" /> into the "
        + "test project's file, and build it with the full path of the folder that rils.dll is in");

    static IEnumerable<string> Candidates() =>
    [
        AppContext.BaseDirectory, Path.GetDirectoryName(typeof(TestTorch).Assembly.Location)!,
        .. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic)
            .SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
            .Where(data => data is { Key: HomeKey, Value.Length: > 0 }).Select(data => data.Value!)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Finds what a test project does not copy: the host's own assemblies, and plugins that another plugin
    /// requires.</summary>
    static Assembly? Resolve(AssemblyLoadContext context, string home, string name) =>
        ((string[])[Path.Combine(home, $"{name}.dll"), Path.Combine(home, "plugins", name, $"{name}.dll")])
            .FirstOrDefault(File.Exists) is { } path ? context.LoadFromAssemblyPath(path) : null;
}
