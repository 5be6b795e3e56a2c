namespace Rils.ImageFiles;

/// <summary>Takes NaN and Infinity, which Python writes for numbers and JSON lacks, out of a JSON file.</summary>
static class PythonNumbers
{
    static readonly byte[][] names = ["NaN"u8.ToArray(), "Infinity"u8.ToArray(), "-Infinity"u8.ToArray()];

    /// <summary>Puts an empty text in the place of each: nobody notices it beside what is read, and in place of a
    /// number that is read it is a mistake.</summary>
    /// <param name="json">The file, which is changed; places of other things stay.</param>
    /// <returns>Whether there was any.</returns>
    public static bool Remove(Span<byte> json)
    {
        var found = false;
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] == '"') at = EndOfText(json, at);
            else if (LengthAt(json[at..]) is > 0 and var length)
            {
                json.Slice(at, length).Fill((byte)' ');
                "\"\""u8.CopyTo(json[at..]);
                at += length - 1;
                found = true;
            }
        }
        return found;
    }

    /// <summary>The place of the quote that ends a text.</summary>
    static int EndOfText(ReadOnlySpan<byte> json, int start)
    {
        var at = start + 1;
        while (at < json.Length && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
        return at;
    }

    static int LengthAt(ReadOnlySpan<byte> json)
    {
        foreach (var name in names)
            if (json.StartsWith(name)) return name.Length;
        return 0;
    }
}
