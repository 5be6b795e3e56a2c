using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Rils.WebDataset;

/// <summary>The names of a tar file's members, which are bytes.</summary>
static class MemberName
{
    /// <summary>Shows a name as text so that different names stay different: a byte that is not UTF-8 becomes
    /// <c>\xE9</c>, a backslash becomes two.</summary>
    public static string Show(ReadOnlySpan<byte> name)
    {
        if (Utf8.IsValid(name) && !name.Contains((byte)'\\')) return Encoding.UTF8.GetString(name);
        var text = new StringBuilder();
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) == OperationStatus.Done)
                text.Append(rune.Value == '\\' ? @"\\" : rune.ToString());
            else
                foreach (var value in name[..length]) text.Append($@"\x{value:X2}");
            name = name[length..];
        }
        return text.ToString();
    }

    /// <summary>Removes <c>.</c> and <c>..</c> from a path. A path that leads out of the shard keeps its first
    /// <c>..</c>, and an absolute path its slash.</summary>
    public static string Normal(string path)
    {
        List<string> parts = path.StartsWith('/') ? [""] : [];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts is [.., not (".." or "")]) parts.RemoveAt(parts.Count - 1);
            else if (part != ".") parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
