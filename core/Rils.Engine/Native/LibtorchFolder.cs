using Rils.Engine.Files;

namespace Rils.Engine.Native;

/// <summary>Where libtorch is loaded from.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="IsOutside">Another PyTorch's, and not what lies beside the application.</param>
sealed record LibtorchFolder(string Path, bool IsOutside)
{
    /// <summary>The environment variable that names a folder for all commands.</summary>
    public const string Variable = "RILS_LIBTORCH";

    /// <summary>The library with the operators.</summary>
    public const string Core = "libtorch_cpu.so";

    const string Outside = "give the torch/lib folder of a PyTorch 2.10, as python -c \"import torch; print(torch.__path__[0] + '/lib')\" prints it; "
        + "or leave --libtorch and RILS_LIBTORCH out";

    // In the order of loading: each finds what it needs among those before it. The two of CUDA are absent from a build for the CPU.
    static readonly string[] Names = ["libtorch_global_deps.so", "libc10.so", Core, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>Where the runtime itself looks for native libraries, TorchSharp's native half and CUDA's packages among them.</summary>
    public static string Natives { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");

    /// <summary>The folder that was given, else the one of <see cref="Variable"/>, else what was built with the application.</summary>
    /// <exception cref="LibtorchException">Another libtorch could only be a second one.</exception>
    public static LibtorchFolder Of(string? given)
    {
        var named = given ?? Environment.GetEnvironmentVariable(Variable);
        var isBesideTorchSharp = File.Exists(System.IO.Path.Combine(Natives, Core));
        if (string.IsNullOrEmpty(named)) return new(isBesideTorchSharp ? Natives : System.IO.Path.Combine(AppContext.BaseDirectory, "libtorch"), IsOutside: false);
        if (UserPath.Expand(named, out var path) is { } why)
            throw new LibtorchException($"the folder of libtorch {why}", named, Outside);
        LibtorchFolder outside = new(System.IO.Path.GetFullPath(path), IsOutside: true);
        if (isBesideTorchSharp) throw new LibtorchException("rils has a libtorch beside TorchSharp, and cannot take another one", outside.Path,
            "build it anew without -p:Accelerator=cuda, or leave --libtorch and RILS_LIBTORCH out");
        return outside;
    }

    /// <summary>The libraries' whole paths, in the order of loading.</summary>
    /// <exception cref="LibtorchException">The folder or a library is missing, or a library is cut off.</exception>
    public IReadOnlyList<string> Libraries()
    {
        if (!Directory.Exists(Path)) throw Refused(File.Exists(Path) ? "the folder of libtorch is a file" : "the folder of libtorch does not exist", Path);
        string[] there = [.. Names.Select(name => System.IO.Path.Combine(Path, name)).Where(File.Exists)];
        var missing = Names.Where(name => !name.Contains("cuda") && !there.Contains(System.IO.Path.Combine(Path, name))).ToArray();
        if (missing.Length > 0) throw Refused($"the folder of libtorch lacks {string.Join(", ", missing)}", Path);
        foreach (var library in there)
            if (!ElfHeader.IsWhole(library)) throw Refused($"{System.IO.Path.GetFileName(library)} is no shared library, or it is cut off", library);
        return there;
    }

    /// <summary>An exception that says what to do about it.</summary>
    public LibtorchException Refused(string what, string where) => new(what, where,
        IsOutside ? Outside : "build rils again: dotnet build hosts/Rils.Cli -c Release; or name another libtorch by --libtorch DIR");
}
