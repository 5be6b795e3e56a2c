using System.Buffers;
using System.Text;

namespace Rils.Bpe;

/// <summary>GPT-2's letters for the 256 bytes: a printable byte stands for itself, the others are U+0100 and
/// up.</summary>
static class ByteAlphabet
{
    /// <summary>Marks the last symbol of a word.</summary>
    public const string EndOfWord = "</w>";

    /// <summary>All letters in the order of their token ids: the printable bytes first, then the others.</summary>
    public static readonly string Letters;

    static readonly char[] letterOf = new char[256];

    static ByteAlphabet()
    {
        int[] printable =
        [
            .. Enumerable.Range('!', '~' - '!' + 1), .. Enumerable.Range('¡', '¬' - '¡' + 1),
            .. Enumerable.Range('®', 'ÿ' - '®' + 1),
        ];
        int[] others = [.. Enumerable.Range(0, 256).Except(printable)];
        foreach (var value in printable) letterOf[value] = (char)value;
        for (var i = 0; i < others.Length; i++) letterOf[others[i]] = (char)(256 + i);
        Letters = string.Concat(printable.Concat(others).Select(value => letterOf[value]));
    }

    /// <summary>Spells a text's UTF-8 bytes, one letter per byte.</summary>
    public static string Spell(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var count = Encoding.UTF8.GetBytes(text, bytes);
        var word = string.Create(count, bytes, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = letterOf[bytes[i]];
        });
        ArrayPool<byte>.Shared.Return(bytes);
        return word;
    }
}
