using Rils.Files;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rils.Cli.Rendering;

/// <summary>Where results and errors go.</summary>
/// <param name="Output">For plain lines, which are never wrapped.</param>
/// <param name="Error">For errors.</param>
/// <param name="Console">For tables and live progress, on <paramref name="Output"/>.</param>
/// <param name="IsPlain">No escape codes: the output is redirected, or NO_COLOR is set.</param>
sealed record Terminal(TextWriter Output, TextWriter Error, IAnsiConsole Console, bool IsPlain)
{
    /// <summary>As wide as any line may get: Spectre wraps at 80 columns where there is no terminal.</summary>
    const int Unlimited = 1 << 14;

    /// <summary>For what is good to know and seldom looked at.</summary>
    public static Style Dim { get; } = new(decoration: Decoration.Dim);

    public static Terminal Of(TextWriter output, TextWriter error)
    {
        // A terminal's own codes go beside what spells them out, and what is drawn is spelled out before.
        var target = output is PrintableWriter printable ? printable.Target : output;
        var isTerminal = target is SteadyWriter { IsTerminal: true };
        var isPlain = !isTerminal || IsGiven("NO_COLOR") || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
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

    /// <summary>Why <paramref name="Output"/> lacks what was printed; null where it has all.</summary>
    public string? Lost => Output is PrintableWriter { Target: SteadyWriter { Failure: { } failure } } ? failure : null;

    /// <summary>Prints a table and the like.</summary>
    public void Write(IRenderable what) => Console.Write(what);

    /// <summary>Prints a line in <see cref="Dim"/>, never wrapped where there is no terminal.</summary>
    public void WriteDim(string line) => Console.WriteLine(Printable.Line(line), Dim);

    /// <summary>As Spectre's own, which knows a terminal by the writer that .NET gives.</summary>
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
