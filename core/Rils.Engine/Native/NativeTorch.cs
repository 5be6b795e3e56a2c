using System.Runtime.InteropServices;
using TorchSharp;

namespace Rils.Engine.Native;

/// <summary>Loads libtorch and TorchSharp's native half before TorchSharp looks for them itself.</summary>
/// <remarks>
/// TorchSharp 0.107's libLibTorchSharp.so asks for symbol version GLIBCXX_3.4.32 (GCC 13), which Debian 12 and Ubuntu
/// 22.04 lack. The one symbol behind it, std::ios_base_library_init, has no relocation, so no code ever calls it:
/// marking that version entry weak in a copy is enough. The copy lies in memory, where no other process can change it.
/// The library's RUNPATH is its own folder, but libraries that are already loaded under the same names come first, so
/// libtorch may come from any folder.
/// </remarks>
public static partial class NativeTorch
{
    /// <summary>The version of libtorch's stable C interface for which TorchSharp is built: 2.10, which libtorch 2.11
    /// understands too.</summary>
    internal const ulong AbiVersion = 2UL << 56 | 10UL << 48;

    /// <summary>The versions of libtorch with which rils was run.</summary>
    internal const string TestedVersions = "2.10 or 2.11";

    /// <summary>The environment variable that lets another version run: <c>1</c>.</summary>
    const string UntestedVariable = "RILS_LIBTORCH_UNTESTED";

    const string MissingVersion = "GLIBCXX_3.4.32";

    /// <summary><see cref="TestedVersions"/> as libtorch numbers them: major and minor, a byte each.</summary>
    static readonly ulong[] tested = [2 << 8 | 10, 2 << 8 | 11];

    static readonly Lock Gate = new();
    static bool loaded;
    static string? version, untested;

    /// <summary>The version of the loaded libtorch: <c>2.10.0</c>, with its folder where that does not lie beside the
    /// application.</summary>
    public static string Version => version ?? torch.__version__;

    /// <summary>Warnings about the loaded libtorch: rils was never run with its version, or it lacks a
    /// function.</summary>
    public static IReadOnlyList<string> Warnings => [.. ((string?[])[untested, Lack]).OfType<string>()];

    static string? Lack => VersionCounter.IsThere ? null : "this libtorch does not tell whether a tensor was changed: "
        + "a plugin that changes what other arms read is not found out";

    /// <summary>Loads the libraries. The caller must do so before the first use of TorchSharp; later calls only check
    /// the folder.</summary>
    /// <param name="folder">The <c>torch/lib</c> of another PyTorch; null takes the folder of <c>RILS_LIBTORCH</c>,
    /// else the one beside the application.</param>
    /// <param name="home">The folder of <c>rils.dll</c>; null where that is the application's own.</param>
    /// <exception cref="LibtorchException">A library is missing or refuses to load; the message names it.</exception>
    public static void Load(string? folder = null, string? home = null)
    {
        if (!OperatingSystem.IsLinux()) return; // TorchSharp's own search finds the libraries on other systems.
        lock (Gate)
        {
            var source = LibtorchFolder.Of(folder, home);
            var libraries = source.Libraries();
            if (loaded) return;
            loaded = true;
            // OpenMP threads that spin for long stall each other when another process shares the cores; threads that
            // sleep at once are woken thousands of times a step. libtorch reads these variables when it loads: threads
            // spin for some 30 microseconds.
            if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
                SetEnvironment("GOMP_SPINCOUNT", "1000", 0);
            SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
            // cuBLAS gives the same bits again only with work space of its own for each stream: eight times 4 MiB.
            // cuBLAS reads the variable when CUDA starts.
            SetEnvironment("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
            foreach (var library in libraries)
            {
                var handle = Opened(source, library);
                // Before the next libraries load, where a function that another version lacks would be an unknown name.
                if (Path.GetFileName(library) == LibtorchFolder.Core) version = Checked(source, handle);
            }
            var torchSharp = TorchSharpOn(source);
            NativeLibrary.SetDllImportResolver(
                typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? torchSharp : 0);
        }
    }

    /// <summary>The version of the loaded libtorch, with its folder where that is another PyTorch's.</summary>
    /// <summary>Whether a folder is that of <c>rils.dll</c>, with TorchSharp's native half in it.</summary>
    /// <param name="home">The folder.</param>
    /// <returns>Whether <see cref="Load"/> can take it.</returns>
    public static bool IsIn(string home) =>
        File.Exists(Path.Combine(LibtorchFolder.NativesOf(home), LibtorchFolder.TorchSharp));

    static unsafe string Checked(LibtorchFolder source, nint core)
    {
        // A missing function would stop the loading below; a class with another layout would not.
        var abi = NativeLibrary.TryGetExport(core, "aoti_torch_abi_version", out var tell)
            ? ((delegate* unmanaged<ulong>)tell)() : 0;
        var text = abi == 0 ? "older than 2.10" : $"{abi >> 56}.{abi >> 48 & 255}.{abi >> 40 & 255}";
        if (!tested.Contains(abi >> 48)) untested = Tried(text, source);
        return source.IsOutside ? $"{text} from {source.Path}" : text;
    }

    /// <summary>The warning about a version with which rils was never run.</summary>
    /// <exception cref="LibtorchException">The user has not asked to try the version.</exception>
    static string Tried(string version, LibtorchFolder source)
    {
        if (Environment.GetEnvironmentVariable(UntestedVariable) == "1")
            return $"libtorch is {version}, and rils was run with {TestedVersions} only: "
                + "numbers may be wrong, and the process may end without a word";
        throw new LibtorchException($"libtorch is {version} there, and rils was run with {TestedVersions} only",
            source.Path,
            $"give the torch/lib folder of a PyTorch {TestedVersions}; "
            + $"or try this one anyway, by {UntestedVariable}=1 in the environment");
    }

    static nint TorchSharpOn(LibtorchFolder source)
    {
        var stock = Path.Combine(source.Natives, LibtorchFolder.TorchSharp);
        if (!File.Exists(stock)) throw Missing(stock);
        var (handle, refusal) = SharedLibrary.Load(stock);
        if (handle != 0) return handle;
        if (!refusal!.Contains(MissingVersion)) return Opened(source, stock);
        var image = File.ReadAllBytes(stock);
        ElfSymbolVersions.MarkWeak(image, MissingVersion);
        (handle, refusal) = SharedLibrary.Load(LibtorchFolder.TorchSharp, image);
        return handle != 0 ? handle
            : throw source.Refused($"{LibtorchFolder.TorchSharp} cannot be loaded: {refusal}", source.Path);
    }

    /// <summary>The error about TorchSharp's native half. No libtorch brings that library, so another folder of
    /// libtorch would not help.</summary>
    static LibtorchException Missing(string stock) => new(
        $"rils' own {LibtorchFolder.TorchSharp} is missing", stock,
        "build rils again (dotnet build hosts/Rils.Cli -c Release), or copy the folder of rils anew and whole");

    static nint Opened(LibtorchFolder source, string library)
    {
        var (handle, refusal) = SharedLibrary.Load(library);
        return handle != 0
            ? handle : throw source.Refused($"{Path.GetFileName(library)} cannot be loaded: {refusal}", source.Path);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
