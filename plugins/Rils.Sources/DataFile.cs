using Microsoft.Win32.SafeHandles;

namespace Rils.Sources;

/// <summary>A file of data that any thread can read at any offset. The first read opens the file; where the process may
/// not have more files open, another one is closed for it.</summary>
public sealed class DataFile : IDisposable
{
    /// <summary>The most bytes of one read, a gigabyte: no image, caption or class is longer, and one array can hold
    /// them.</summary>
    public const long Longest = 1 << 30;

    readonly FileState state;
    SafeFileHandle? handle;
    bool isDisposed;

    /// <summary>Makes a file that is not open yet.</summary>
    /// <param name="state">The file's state when it was indexed.</param>
    public DataFile(FileState state) => (this.state, Place) = (state, new(this));

    /// <summary>The file's node in the list of open files, while it is in that list.</summary>
    internal LinkedListNode<DataFile> Place { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="slice">The bytes' place; at most <see cref="Longest"/>.</param>
    /// <param name="what">Names the sample to which they belong, for messages: <c>sample `a/boat`</c>.</param>
    /// <returns>The bytes, in a new array.</returns>
    /// <exception cref="SampleException">The file cannot be read there, or has changed since it was
    /// indexed.</exception>
    /// <exception cref="InvalidDataException">The process has too many files open.</exception>
    public byte[] Read(Slice slice, string what)
    {
        if (slice.Length > Longest)
            throw new SampleException(
                $"{what}: a part of it has {slice.Length} bytes; the most is {Longest}");
        while (true)
        {
            try
            {
                return Read(Volatile.Read(ref handle) is { IsClosed: false } open ? open : OpenFiles.Open(this), slice,
                    what);
            }
            catch (ObjectDisposedException) when (!isDisposed)
            {
                // Another thread has closed this file to open another one; the loop opens it again.
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                    throw new SampleException(
                    $"{what}: the file `{state.Path}` cannot be read: {problem.Message}", problem);
            }
        }
    }

    byte[] Read(SafeFileHandle file, Slice slice, string what)
    {
        var bytes = GC.AllocateUninitializedArray<byte>((int)slice.Length);
        for (var done = 0; done < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(done), slice.Offset + done);
            if (count == 0) throw Changed(what);
            done += count;
        }
        // Compared after reading, so that a change during the read is seen too.
        return state == FileState.Of(state.Path, file) ? bytes : throw Changed(what);
    }

    SampleException Changed(string what) =>
        new($"{what}: the file `{state.Path}` changed after it was indexed. "
            + "Let nothing write to data in use; start anew to index it again");

    /// <summary>Opens the file, if it is not open. Only <see cref="OpenFiles"/> calls this, from one thread at a
    /// time.</summary>
    internal SafeFileHandle Open() => handle is { IsClosed: false } open ? open
        : handle = File.OpenHandle(state.Path, options: FileOptions.RandomAccess);

    /// <summary>Closes the file. Only <see cref="OpenFiles"/> calls this. A thread that is reading finishes first, or
    /// opens the file again.</summary>
    internal void Close() => handle?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        OpenFiles.Close(this);
    }
}
