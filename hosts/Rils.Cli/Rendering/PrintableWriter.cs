using System.Text;
using Rils.Files;

namespace Rils.Cli.Rendering;

/// <summary>Writes plain text out of the process, with control characters spelled out, so that a terminal shows and
/// does not obey them.</summary>
/// <param name="target">The writer that takes the text.</param>
sealed class PrintableWriter(TextWriter target) : TextWriter
{
    /// <summary>The writer that takes the text, for text with a terminal's codes.</summary>
    public TextWriter Target => target;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => target.Write(Printable.Lines(value ?? ""));

    /// <summary>Writes a line and its end in one call, so that no other line comes between them.</summary>
    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush() => target.Flush();
}
