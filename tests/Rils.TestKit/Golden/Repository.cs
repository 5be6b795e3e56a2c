namespace Rils.Tests.Golden;

/// <summary>The place of the repository.</summary>
public static class Repository
{
    /// <summary>The folder that holds RilsFramework.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    static string Find(string? folder) =>
        folder is null ? throw new DirectoryNotFoundException($"no RilsFramework.sln above {AppContext.BaseDirectory}")
        : File.Exists(Path.Combine(folder, "RilsFramework.sln")) ? folder
        : Find(Path.GetDirectoryName(folder));
}
