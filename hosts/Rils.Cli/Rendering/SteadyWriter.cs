using System.Text;

namespace Rils.Cli.Rendering;

/// <summary>Writes to a standard stream. Where the stream is closed, full or gone, printing stops and the command goes
/// on.</summary>
/// <param name="target">The stream; null where the process was started without it.</param>
sealed class SteadyWriter(TextWriter? target) : TextWriter
{
    TextWriter? target = target;

    /// <summary>Why printing stopped; null while the stream takes text. A reader that ends early, such as
    /// <c>head</c>, is no failure: the reader has read all that it wanted, and .NET throws no exception.</summary>
    public string? Failure { get; private set; } = target is null ? "it is closed" : null;

    /// <summary>Whether the stream is the standard output and goes to a terminal.</summary>
    public bool IsTerminal => ReferenceEquals(target, Console.Out) && !Console.IsOutputRedirected;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Try(text => text.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(text => text.Write(buffer, index, count));

    public override void Write(string? value) => Try(text => text.Write(value));

    public override void Flush() => Try(text => text.Flush());

    void Try(Action<TextWriter> write)
    {
        if (target is null) return;
        try
        {
            write(target);
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            (target, Failure) = (null, lost.Message);
        }
    }
}
