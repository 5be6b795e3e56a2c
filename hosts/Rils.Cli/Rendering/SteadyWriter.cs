using System.Text;

namespace Rils.Cli.Rendering;

/// <summary>A standard stream that may be closed, full or gone: then printing stops, and the command goes on.</summary>
/// <param name="target">Null where the process was started without this stream.</param>
sealed class SteadyWriter(TextWriter? target) : TextWriter
{
    TextWriter? target = target;

    /// <summary>Why nothing is printed any more; null while it is. A reader that went away is no failure: it has read
    /// what it wanted, and .NET says nothing of it.</summary>
    public string? Failure { get; private set; } = target is null ? "it is closed" : null;

    /// <summary>Whether somebody looks at it.</summary>
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
