using Rils.Cli.Exits;
using Rils.Contract;

namespace Rils.Cli.Commands;

/// <summary>Reads a text file that an option names, a text each line.</summary>
static class TextLines
{
    /// <summary>Reads the lines: UTF-8, or UTF-16 with a byte-order mark.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="UsageException">The file cannot be read, is no text, or has a blank line or none.</exception>
    public static IReadOnlyList<string> Read(string option, string path)
    {
        string[] lines;
        try
        {
            lines = PlainText.Decode(File.ReadAllBytes(path)).TrimEnd().ReplaceLineEndings("\n").Split('\n');
        }
        catch (FormatException wrong)
        {
            throw new UsageException($"{option} {path}: it is {wrong.Message}");
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: {unread.Message}");
        }
        return Array.FindIndex(lines, string.IsNullOrWhiteSpace) is >= 0 and var blank
            ? throw new UsageException($"{option} {path}: line {blank + 1} is blank; each line must be a text") : lines;
    }
}
