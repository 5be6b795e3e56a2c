using Microsoft.Win32.SafeHandles;

namespace Rils.Sources;

/// <summary>The files of data that are open. Where the process may not open more, the file that was opened first is
/// closed for the next one.</summary>
static class OpenFiles
{
    /// <summary>Open files that are left to others (the runtime has two for each assembly), and the fewest and most
    /// that files may have.</summary>
    const int Others = 448, Least = 32, Most = 8192;

    /// <summary>The system's error numbers where this process, or the whole machine, has too many files open.</summary>
    const int TooMany = 24, TooManyInAll = 23;

    static readonly int most = (int)Math.Clamp((OpenFileLimit.Current() ?? long.MaxValue) - Others, Least, Most);
    static readonly Lock gate = new();
    static readonly LinkedList<DataFile> open = [];

    /// <summary>Opens a file that is not open yet, and returns its handle.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">Too many files are open, and no file is left to close.</exception>
    public static SafeFileHandle Open(DataFile file)
    {
        lock (gate)
        {
            while (open.Count >= most && file.Place.List is null) CloseFirst();
            while (true)
            {
                try
                {
                    var handle = file.Open();
                    if (file.Place.List is null) open.AddLast(file.Place);
                    return handle;
                }
                catch (IOException full) when (full.HResult is TooMany or TooManyInAll)
                {
                    if (open.Count == 0)
                        throw new InvalidDataException(
                            $"no file can be opened ({full.Message}): allow more open files by `ulimit -n`", full);
                    CloseFirst();
                }
            }
        }
    }

    /// <summary>Closes a file, and takes it out of the list of open ones.</summary>
    public static void Close(DataFile file)
    {
        lock (gate)
        {
            file.Close();
            if (file.Place.List is not null) open.Remove(file.Place);
        }
    }

    static void CloseFirst()
    {
        open.First!.Value.Close();
        open.RemoveFirst();
    }
}
