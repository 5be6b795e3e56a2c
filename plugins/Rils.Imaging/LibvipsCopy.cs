using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.Json;

namespace Rils.Imaging;

/// <summary>This plugin, loaded once more with a NetVips and a libvips of its own.</summary>
/// <remarks>All threads that use one libvips share its locks and those of the GLib inside it. To the system's loader a
/// copy of the file is another library, so it has locks, messages and settings of its own.</remarks>
sealed class LibvipsCopy : AssemblyLoadContext
{
    const string Library = "libvips.so.42";

    static readonly Assembly plugin = typeof(LibvipsCopy).Assembly, binding = typeof(NetVips.Image).Assembly;

    readonly nint library;

    LibvipsCopy(nint library) : base("Rils.Imaging with its own libvips") => this.library = library;

    /// <summary>The file of the libvips that NetVips's package brings; null where the system's libvips is used. The
    /// system's GLib is a file of its own: two copies of libvips would share it, and it refuses a second
    /// libvips.</summary>
    public static string? Original { get; } = Array.Find(
        [Beside(Path.Combine("runtimes", "linux-x64", "native", Library)), Beside(Library)], File.Exists);

    /// <summary>Loads a copy of libvips.</summary>
    /// <param name="original">Path of the library's file.</param>
    /// <returns>The copy; null where the system has no room for another file, or does not let it be loaded.</returns>
    public static LibvipsCopy? Load(string original)
    {
        try
        {
            return new(LoadLibrary(original));
        }
        // .NET reports a file beyond the largest size (ulimit -f) as a wrong argument.
        catch (Exception refusal) when (refusal
            is IOException or UnauthorizedAccessException or DllNotFoundException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Makes an object of this copy's code.</summary>
    /// <param name="type">A class of this plugin whose constructor takes options and a size.</param>
    /// <param name="options">The options, passed as JSON because each copy has its own class of them.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    public object Make(Type type, object options, int size)
    {
        var text = JsonSerializer.Serialize(options, options.GetType());
        return Activator.CreateInstance(Own(type), JsonSerializer.Deserialize(text, Own(options.GetType())), size)!;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name) =>
        Array.Find([plugin, binding], one => one.GetName().Name == name.Name) is { } own
            ? LoadFromAssemblyPath(own.Location)
            : GetLoadContext(plugin)!.LoadFromAssemblyName(name);

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string name) => name == Library ? library : 0;

    static nint LoadLibrary(string original)
    {
        var folder = Directory.CreateTempSubdirectory("rils-libvips-");
        try
        {
            var copy = Path.Combine(folder.FullName, Library);
            File.Copy(original, copy);
            return NativeLibrary.Load(copy);
        }
        finally
        {
            // A loaded library does not need its file's name any more.
            folder.Delete(recursive: true);
        }
    }

    static string Beside(string file) => Path.Combine(Path.GetDirectoryName(binding.Location)!, file);

    Type Own(Type type) => LoadFromAssemblyName(plugin.GetName()).GetType(type.FullName!, throwOnError: true)!;
}
