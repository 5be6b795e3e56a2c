namespace Rils.Tests.Engine.Plugins;

/// <summary>An empty folder outside the repository, which is deleted after the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("rils-plugins-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([path, .. parts]);

    public string Path => path;

    public void Dispose() => Directory.Delete(path, recursive: true);
}
