using Rils.Files;

namespace Rils.Engine.Native;

/// <summary>A folder for files that can be made again at any time. Only this user may write there, because rils trusts
/// the files in it.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Warning">Why the folder differs from the usual one; null for the usual one.</param>
sealed record CacheFolder(string Path, string? Warning)
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>A path at which no file can lie, so that nothing is kept.</summary>
    const string Nowhere = "/dev/null/rils";

    static readonly Lazy<CacheFolder> ofIndices = new(() => Of(Usual(), "index"));

    /// <summary>The folder for indices of data: <c>$XDG_CACHE_HOME/rils/index</c>, else <c>~/.cache/rils/index</c>; a
    /// folder that ends with the process where neither can be used.</summary>
    public static CacheFolder OfIndices => ofIndices.Value;

    /// <summary>A folder in the user's cache, or a private one in its place.</summary>
    /// <param name="usual">The user's cache; null for a user without one.</param>
    /// <param name="name">The folder's name within <c>rils</c>.</param>
    internal static CacheFolder Of(string? usual, string name)
    {
        if (usual is null) return Private("neither XDG_CACHE_HOME nor HOME names a folder to keep indices of data in");
        var root = System.IO.Path.Combine(usual, "rils");
        var folder = System.IO.Path.Combine(root, name);
        return (Refusal(root) ?? Refusal(folder)) is { } refusal ? Private(refusal) : new(folder, null);
    }

    /// <summary>The user's cache. Relative paths do not count, as the standard for these folders demands.</summary>
    static string? Usual()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && System.IO.Path.IsPathRooted(cache))
            return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? System.IO.Path.Combine(home, ".cache") : null;
    }

    /// <summary>Why a folder cannot be used; null for a usable one, which this method makes where it is
    /// missing.</summary>
    static string? Refusal(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return null;
            }
            Directory.CreateDirectory(folder, Own);
            if (!FileOwner.IsThisUser(folder)) return $"{folder} is somebody else's";
            if ((File.GetUnixFileMode(folder) & Others) != 0)
                return $"{folder} can be written by others (chmod go-w {folder} mends that)";
            // Only making a file shows whether a file can be made.
            File.OpenHandle(Leftovers.Beside(System.IO.Path.Combine(folder, "probe")), FileMode.Create,
                FileAccess.Write, options: FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return $"{folder} cannot be written ({unusable.Message})";
        }
    }

    static CacheFolder Private(string refusal)
    {
        try
        {
            var folder = Directory.CreateTempSubdirectory("rils-cache-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            };
            return new(folder, $"{refusal}: indices of data are kept in {folder} until this command ends. "
                + "Name another folder by XDG_CACHE_HOME");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return new(Nowhere, $"{refusal}, nor is there room for temporary files ({unusable.Message}): "
                + "data is indexed anew by each command. Name another folder by XDG_CACHE_HOME");
        }
    }
}
