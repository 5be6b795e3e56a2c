using System.Text;
using Rils.Files;

namespace Rils.Cli.Rendering;

/// <summary>Where plain text leaves the process: what a terminal would obey is spelled out.</summary>
/// <param name="target">Takes it.</param>
sealed class PrintableWriter(TextWriter target) : TextWriter
{
    /// <summary>For a terminal's own codes.</summary>
    public TextWriter Target => target;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => target.Write(Printable.Lines(value ?? ""));

    /// <summary>At once, so that no other line comes between a line and its end.</summary>
    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush() => target.Flush();
}
