using Rils.Files;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rils.Cli.Rendering;

/// <summary>The outputs of a command.</summary>
/// <param name="Output">Takes plain lines of results, which are never wrapped.</param>
/// <param name="Error">Takes errors.</param>
/// <param name="Console">Draws tables and live progress on <paramref name="Output"/>.</param>
/// <param name="IsPlain">Whether the output has no escape codes, since it is redirected, NO_COLOR is set, or TERM names
/// no terminal.</param>
sealed record Terminal(TextWriter Output, TextWriter Error, IAnsiConsole Console, bool IsPlain)
{
    /// <summary>The width of the output, in columns, where it is no terminal: more than any line has. Spectre would
    /// wrap lines at 80 columns.</summary>
    const int Unlimited = 1 << 14;

    /// <summary>The style of lines that readers seldom need.</summary>
    public static Style Dim { get; } = new(decoration: Decoration.Dim);

    public static Terminal Of(TextWriter output, TextWriter error)
    {
        // Spectre's codes must reach the terminal unchanged, so Spectre writes past the printable writer, and
        // PrintableHook spells out the control characters in the text that Spectre draws.
        var target = output is PrintableWriter printable ? printable.Target : output;
        var isTerminal = target is SteadyWriter { IsTerminal: true };
        var isPlain = !isTerminal || IsGiven("NO_COLOR")
            || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new ConsoleOutput(target, isTerminal),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Pipeline.Attach(new PrintableHook());
        if (!isTerminal) console.Profile.Width = Unlimited;
        return new(output, error, console, isPlain);
    }

    /// <summary>Why <paramref name="Output"/> did not take all printed text; null where it took all.</summary>
    public string? Lost => Output is PrintableWriter { Target: SteadyWriter { Failure: { } failure } } ? failure : null;

    /// <summary>Prints a table or another drawing.</summary>
    public void Write(IRenderable what) => Console.Write(what);

    /// <summary>Prints a line in <see cref="Dim"/>; only a terminal wraps it.</summary>
    public void WriteDim(string line) => Console.WriteLine(Printable.Line(line), Dim);

    /// <summary>Does the same as Spectre's own output, except that the caller says whether the writer is a terminal:
    /// Spectre's recognises a terminal only by the writer that .NET gives.</summary>
    sealed class ConsoleOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        readonly AnsiConsoleOutput size = new(System.Console.Out);

        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => size.Width;

        public int Height => size.Height;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }

    static bool IsGiven(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
