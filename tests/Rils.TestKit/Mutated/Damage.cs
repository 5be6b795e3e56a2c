using System.Text;

namespace Rils.Tests.Mutated;

/// <summary>Spoils bytes as disks, networks and editors do. The same random seed makes the same damage.</summary>
static class Damage
{
    static readonly byte[][] pieces = [.. ((string[])["0", "-1", "99999999999999999999",
        "4611686018427387904", "1e400", "null", "[]", "{}", "\"", "\\u0000", "/", "..", "\n", "NaN", ","])
        .Select(Encoding.UTF8.GetBytes), new byte[8], [255, 255, 255, 255], [127, 255, 255, 255], [0xD8, 0xFF]];

    /// <summary>Makes one to three changes: another bit or byte, a piece lost, doubled or blanked, the end lost, a
    /// piece put in or over others.</summary>
    public static byte[] Of(byte[] bytes, Random random)
    {
        var spoilt = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && spoilt.Count > 0; changes--) Change(spoilt, random);
        return [.. spoilt];
    }

    static void Change(List<byte> bytes, Random random)
    {
        // Half of the changes are near the start, where headers are.
        var at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 600) : bytes.Count);
        var length = Math.Min(random.Next(1, random.Next(2) == 0 ? 9 : 700), bytes.Count - at);
        var piece = pieces[random.Next(pieces.Length)];
        switch (random.Next(8))
        {
            case 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 1: bytes.RemoveRange(at, length); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 3: bytes.InsertRange(at, piece); break;
            case 4:
                for (var i = 0; i < length; i++) bytes[at + i] = 0;
                break;
            case 5:
                for (var i = 0; i < Math.Min(piece.Length, bytes.Count - at); i++) bytes[at + i] = piece[i];
                break;
            case 6: bytes[at] = (byte)random.Next(256); break;
            default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
        }
    }
}
