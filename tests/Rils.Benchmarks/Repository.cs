namespace Rils.Benchmarks;

/// <summary>The folder of the repository.</summary>
static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The path of a file or folder below <c>experiments</c>.</summary>
    public static string Experiments(params string[] parts) => Path.Combine([Root, "experiments", .. parts]);

    static string Find(string? folder) =>
        folder is null ? throw new DirectoryNotFoundException($"no RilsFramework.sln above {AppContext.BaseDirectory}")
        : File.Exists(Path.Combine(folder, "RilsFramework.sln")) ? folder
        : Find(Path.GetDirectoryName(folder));
}
