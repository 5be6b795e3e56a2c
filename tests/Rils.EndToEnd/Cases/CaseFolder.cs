using Rils.Tests.Golden;

namespace Rils.Tests.Cases;

/// <summary>A copy of one folder of <c>tests/cases</c>: an input on which the product once failed, with a README that
/// says what is right.</summary>
sealed class CaseFolder : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("rils-case-").FullName;

    /// <summary>Copies a case, and beside it the files that all cases share.</summary>
    /// <param name="name">The folder of the case below <c>tests/cases</c>: <c>reports/batch-1</c>.</param>
    public CaseFolder(string name)
    {
        var cases = System.IO.Path.Combine(Repository.Root, "tests", "cases");
        foreach (var shared in Directory.GetFiles(cases))
            Copy(shared, System.IO.Path.Combine(root, System.IO.Path.GetFileName(shared)));
        Path = System.IO.Path.Combine(root, name);
        var from = System.IO.Path.Combine(cases, name);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(from, file)));
    }

    /// <summary>The copy's absolute path.</summary>
    public string Path { get; }

    /// <summary>A file of the copy.</summary>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>The experiment of the case.</summary>
    public string Experiment => File.Exists(this["case.toml"]) ? this["case.toml"] : this["exp.toml"];

    public void Dispose() => Directory.Delete(root, recursive: true);

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
