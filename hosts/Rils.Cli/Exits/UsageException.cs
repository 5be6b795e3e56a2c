namespace Rils.Cli.Exits;

/// <summary>An argument cannot be used; the message says why, and which argument to give instead.</summary>
sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Reads files that an argument names.</summary>
    /// <exception cref="UsageException">They cannot be read, or are damaged.</exception>
    public static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable)
            when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException(unreadable.Message);
        }
    }
}
