using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Rils.Tests.Cli;

/// <summary>A NumPy file, read by what NumPy documents of the form.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">The length of each row.</param>
sealed record NpyFile(IReadOnlyList<float[]> Rows, int Columns)
{
    public static NpyFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var shape = Regex.Match(Encoding.ASCII.GetString(bytes[10..start]), @"'shape': \((\d+), (\d+)\)");
        var (rows, columns) = (int.Parse(shape.Groups[1].Value), int.Parse(shape.Groups[2].Value));
        Assert.Equal(start + 4 * rows * columns, bytes.Length);
        return new([.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Select(column =>
            BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + 4 * (row * columns + column)))).ToArray())],
            columns);
    }
}
