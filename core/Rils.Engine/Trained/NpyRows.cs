using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Rils.Engine.Trained;

/// <summary>Writes a matrix as a NumPy file (.npy, version 1.0), some rows at a time.</summary>
/// <remarks>The header tells the number of rows, which is known at the end: it has a fixed length, and is written
/// last. NumSharp writes such files too, but holds the whole matrix in memory.</remarks>
/// <param name="file">An empty file.</param>
/// <param name="columns">Number of columns.</param>
sealed class NpyRows(Stream file, int columns)
{
    /// <summary>Bytes before the numbers; NumPy asks for a multiple of 64.</summary>
    const int HeaderLength = 128;

    /// <summary>Bytes of the header before its text: the magic number, the version, the text's length.</summary>
    const int Fixed = 10;

    /// <summary>Number of rows that were added.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns => columns;

    /// <summary>Appends rows.</summary>
    /// <param name="rows">fp32 <c>[rows, columns]</c>.</param>
    public void Add(float[,] rows)
    {
        if (rows.GetLength(1) != columns)
            throw new ArgumentException($"rows of {rows.GetLength(1)} numbers, not {columns}", nameof(rows));
        if (Rows == 0) file.Write(new byte[HeaderLength]);
        file.Write(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref rows[0, 0], rows.Length)));
        Rows += rows.GetLength(0);
    }

    /// <summary>Writes the header, after all rows.</summary>
    public void Finish()
    {
        var shape = string.Create(CultureInfo.InvariantCulture, $"({Rows}, {columns})");
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".PadRight(HeaderLength - Fixed - 1);
        file.Position = 0;
        file.Write([0x93, .. "NUMPY"u8, 1, 0, HeaderLength - Fixed, 0, .. Encoding.ASCII.GetBytes(text), (byte)'\n']);
    }
}
