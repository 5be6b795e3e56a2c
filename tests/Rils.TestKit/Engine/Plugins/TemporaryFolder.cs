namespace Rils.Tests.Engine.Plugins;

/// <summary>A folder outside the repository that goes when the test ends.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("rils-plugins-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([path, .. parts]);

    public string Path => path;

    public void Dispose() => Directory.Delete(path, recursive: true);
}
