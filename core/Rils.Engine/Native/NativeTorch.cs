using System.Runtime.InteropServices;
using TorchSharp;

namespace Rils.Engine.Native;

/// <summary>Loads libtorch and TorchSharp's native half before TorchSharp looks for them itself.</summary>
/// <remarks>
/// TorchSharp 0.107's libLibTorchSharp.so asks for symbol version GLIBCXX_3.4.32 (GCC 13), which Debian 12 and Ubuntu 22.04
/// lack. The one symbol behind it, std::ios_base_library_init, has no relocation, so nothing ever calls it: marking that
/// version entry weak in a private copy is enough.
/// </remarks>
public static partial class NativeTorch
{
    const string Library = "libLibTorchSharp.so", MissingVersion = "GLIBCXX_3.4.32";
    static readonly Lock Gate = new();
    static bool loaded;

    /// <summary>Loads the CPU libraries beside the application. Call it before the first use of TorchSharp; later calls do nothing.</summary>
    /// <exception cref="DllNotFoundException">A library is missing or refuses to load; the message names it.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (loaded) return;
            loaded = true;
            if (!OperatingSystem.IsLinux()) return;
            // Spinning OpenMP threads stall each other when another process shares the cores. libtorch reads this when it loads.
            SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
            LoadFrom(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"));
        }
    }

    static void LoadFrom(string folder)
    {
        foreach (var name in (string[])["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libtorch.so"])
            NativeLibrary.Load(Path.Combine(folder, name));
        var stock = Path.Combine(folder, Library);
        if (!NativeLibrary.TryLoad(stock, out var handle)) handle = NativeLibrary.Load(Weakened(stock));
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? handle : nint.Zero);
    }

    static string Weakened(string stock)
    {
        var version = typeof(torch).Assembly.GetName().Version;
        var cache = Path.Combine(CacheFolder.Root, $"torchsharp-{version}");
        Directory.CreateDirectory(cache);
        var image = File.ReadAllBytes(stock);
        ElfSymbolVersions.MarkWeak(image, MissingVersion);
        var target = Path.Combine(cache, Library);
        if (File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(image)) return target;
        var temporary = $"{target}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, image);
        File.Move(temporary, target, overwrite: true);
        return target;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
