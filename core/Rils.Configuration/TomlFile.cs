using System.Buffers;
using System.Text.Unicode;
using Rils.Contract;

namespace Rils.Configuration;

/// <summary>Reads a file as UTF-8 text. A failure becomes a problem, never an exception.</summary>
static class TomlFile
{
    const int MaxBytes = 1 << 20;
    const string Missing = "no such file";

    /// <summary>The text of a file; null after reporting why there is none.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="from">The place of the <c>extends</c> that names the file; null for the experiment itself.</param>
    /// <param name="problems">The list that takes mistakes.</param>
    public static string? Text(string path, SourceSpan? from, Problems problems)
    {
        var why = Bytes(path, out var bytes);
        if (why is null)
            return Decode(path, bytes, problems);
        if (from is { } line)
            problems.Add(line, $"`extends` names {Path.GetFullPath(path)}: {why}");
        else if (why == Missing && Elsewhere(path) is { } there)
            problems.Add(SourceSpan.WholeFile(path), $"{why}; did you mean {there}?");
        else
            problems.Add(SourceSpan.WholeFile(path), why);
        return null;
    }

    /// <summary>An existing file of a similar path: with <c>.toml</c>, or in the folder <c>experiments</c>.</summary>
    static string? Elsewhere(string path)
    {
        var inside = Path.Combine(Path.GetDirectoryName(path) ?? "", "experiments", Path.GetFileName(path));
        return new[] { path + ".toml", inside, inside + ".toml" }.FirstOrDefault(File.Exists);
    }

    static string? Bytes(string path, out byte[] bytes)
    {
        bytes = [];
        try
        {
            if (RegularFile.Other(path) is { } other)
                return $"this is {other}, not an experiment file";
            using var file = File.OpenRead(path);
            var buffer = new byte[MaxBytes + 1];
            var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            bytes = buffer[..Math.Min(count, MaxBytes)];
            return count > MaxBytes ? "larger than 1 MiB: this is no experiment file" : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing;
        }
        catch (Exception error) when (error is IOException
            or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"cannot be read: {error.Message}";
        }
    }

    static string? Decode(string path, ReadOnlySpan<byte> bytes, Problems problems)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        var chars = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            var before = chars.AsSpan(0, written);
            var at = new SourceSpan(path, before.Count('\n') + 1, written - before.LastIndexOf('\n'));
            problems.Add(at, $"not valid UTF-8: byte 0x{bytes[read]:X2}; save the file as UTF-8");
            return null;
        }
        if (chars.AsSpan(0, written).Trim().IsEmpty)
        {
            problems.Add(SourceSpan.WholeFile(path), "the file is empty");
            return null;
        }
        return new string(chars, 0, written);
    }
}
