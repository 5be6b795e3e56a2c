namespace Rils.Benchmarks;

/// <summary>Where the repository lies.</summary>
static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file or folder below <c>experiments</c>.</summary>
    public static string Experiments(params string[] parts) => Path.Combine([Root, "experiments", .. parts]);

    static string Find(string? folder) =>
        folder is null ? throw new DirectoryNotFoundException($"no RilsFramework.sln above {AppContext.BaseDirectory}")
        : File.Exists(Path.Combine(folder, "RilsFramework.sln")) ? folder
        : Find(Path.GetDirectoryName(folder));
}
