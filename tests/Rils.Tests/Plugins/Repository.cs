namespace Rils.Tests.Plugins;

/// <summary>Where the repository is: the folder of the solution, above the test's assembly.</summary>
static class Repository
{
    public static readonly string Root = Find();

    static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RilsFramework.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no RilsFramework.sln above the tests");
        return folder;
    }
}
