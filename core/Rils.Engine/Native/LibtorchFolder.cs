using Rils.Files;

namespace Rils.Engine.Native;

/// <summary>The folder from which libtorch is loaded.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="IsOutside">Whether the folder belongs to another PyTorch, and does not lie beside the
/// application.</param>
/// <param name="Natives">The folder of TorchSharp's native half. The runtime looks for native libraries there, and
/// CUDA's packages put theirs there too.</param>
sealed record LibtorchFolder(string Path, bool IsOutside, string Natives)
{
    /// <summary>The environment variable that names a folder for all commands.</summary>
    public const string Variable = "RILS_LIBTORCH";

    /// <summary>The library with the operators.</summary>
    public const string Core = "libtorch_cpu.so";

    /// <summary>TorchSharp's native half.</summary>
    public const string TorchSharp = "libLibTorchSharp.so";

    const string Outside = $"give the torch/lib folder of a PyTorch {NativeTorch.TestedVersions}, as "
        + "python -c \"import torch; print(torch.__path__[0] + '/lib')\" prints it; "
        + "or leave --libtorch and RILS_LIBTORCH out";
    const string Own = "build rils again (dotnet build hosts/Rils.Cli -c Release), or copy its folder anew and whole; "
        + $"or name the torch/lib folder of an installed PyTorch {NativeTorch.TestedVersions} by RILS_LIBTORCH, "
        + "or by --libtorch where a command takes it";

    // In the order of loading: each library needs those before it. A build for the CPU lacks the two of CUDA.
    static readonly string[] Names =
        ["libtorch_global_deps.so", "libc10.so", Core, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>The folder of the native libraries. A build keeps those of each platform in a folder of their own; a
    /// publish for one platform puts them beside the application.</summary>
    /// <param name="application">The application's folder.</param>
    internal static string NativesOf(string application)
    {
        var ofPlatform = System.IO.Path.Combine(application, "runtimes", "linux-x64", "native");
        bool IsIn(string folder) => File.Exists(System.IO.Path.Combine(folder, TorchSharp));
        return !IsIn(ofPlatform) && IsIn(application) ? application : ofPlatform;
    }

    /// <summary>The given folder, else the folder of <see cref="Variable"/>, else the one that was built with the
    /// application.</summary>
    /// <param name="given">The <c>torch/lib</c> of another PyTorch; null where nobody named one.</param>
    /// <param name="application">The folder of <c>rils.dll</c>; null where that is this process's own.</param>
    /// <exception cref="LibtorchException">The named folder is no path, or rils has a libtorch beside TorchSharp and
    /// cannot take another one.</exception>
    public static LibtorchFolder Of(string? given, string? application = null)
    {
        application ??= AppContext.BaseDirectory;
        var natives = NativesOf(application);
        var named = given ?? Environment.GetEnvironmentVariable(Variable);
        var isBesideTorchSharp = File.Exists(System.IO.Path.Combine(natives, Core));
        if (string.IsNullOrEmpty(named))
        {
            var beside = System.IO.Path.Combine(application, "libtorch");
            return new(isBesideTorchSharp ? natives : beside, IsOutside: false, natives);
        }
        if (UserPath.Expand(named, out var path) is { } why)
            throw new LibtorchException($"the folder of libtorch {why}", named, Outside);
        LibtorchFolder outside = new(System.IO.Path.GetFullPath(path), IsOutside: true, natives);
        if (isBesideTorchSharp)
            throw new LibtorchException(
                "rils has a libtorch beside TorchSharp, and cannot take another one", outside.Path,
                "build it anew without -p:Accelerator=cuda, or leave --libtorch and RILS_LIBTORCH out");
        return outside;
    }

    /// <summary>The absolute paths of the libraries, in the order of loading.</summary>
    /// <exception cref="LibtorchException">The folder or a library is missing, or a library is cut off.</exception>
    public IReadOnlyList<string> Libraries()
    {
        if (!Directory.Exists(Path))
            throw Refused(
                File.Exists(Path) ? "the folder of libtorch is a file" : "the folder of libtorch does not exist", Path);
        string[] there = [.. Names.Select(name => System.IO.Path.Combine(Path, name)).Where(File.Exists)];
        var missing = Names
            .Where(name => !name.Contains("cuda") && !there.Contains(System.IO.Path.Combine(Path, name))).ToArray();
        if (missing.Length > 0) throw Refused($"the folder of libtorch lacks {string.Join(", ", missing)}", Path);
        foreach (var library in there)
            if (!ElfHeader.IsWhole(library))
                throw Refused($"{System.IO.Path.GetFileName(library)} is no shared library, or it is cut off", library);
        return there;
    }

    /// <summary>Makes an exception that says how to fix the folder.</summary>
    public LibtorchException Refused(string what, string where) => new(what, where, IsOutside ? Outside : Own);
}
