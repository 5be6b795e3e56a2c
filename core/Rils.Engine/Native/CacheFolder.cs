namespace Rils.Engine.Native;

/// <summary>What can be made again at any time: indices of data, adapted native libraries.</summary>
public static class CacheFolder
{
    /// <summary><c>$XDG_CACHE_HOME/rils</c>, else <c>~/.cache/rils</c>, else a folder for temporary files.</summary>
    public static string Root { get; } = Path.Combine(UserCaches(), "rils");

    static string UserCaches()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache) return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
    }
}
