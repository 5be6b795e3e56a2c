using System.Buffers.Binary;
using System.Text;
using Rils.Engine.Trained;

namespace Rils.Tests.Engine.Trained;

public sealed class NpyRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(2, 100_000)]
    public void The_file_has_the_form_that_numpy_documents(int rows, int columns)
    {
        var bytes = Written(rows, columns);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Equal(0, start % 64);
        var header = Encoding.ASCII.GetString(bytes[10..start]);
        Assert.EndsWith("\n", header);
        Assert.Equal($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}", header.TrimEnd());
        Assert.Equal(start + rows * columns * sizeof(float), bytes.Length);
        for (var place = 0; place < rows * columns; place++)
            Assert.Equal(place + 0.5f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + 4 * place)));
    }

    [Fact]
    public void Rows_of_another_length_are_refused()
    {
        var file = new NpyRows(new MemoryStream(), 2);
        Assert.Throws<ArgumentException>(() => file.Add(new float[1, 3]));
    }

    /// <summary>The bytes of a file to which rows were added one at a time, then the rest at once.</summary>
    static byte[] Written(int rows, int columns)
    {
        using var bytes = new MemoryStream();
        var file = new NpyRows(bytes, columns);
        var next = 0.5f;
        foreach (var count in rows > 1 ? (int[])[1, rows - 1] : [1])
        {
            var part = new float[count, columns];
            for (var row = 0; row < count; row++)
                for (var column = 0; column < columns; column++) part[row, column] = next++;
            file.Add(part);
        }
        file.Finish();
        Assert.Equal((rows, columns), (file.Rows, file.Columns));
        return bytes.ToArray();
    }
}
