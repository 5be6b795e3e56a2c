using Rils.Cli.Rendering;
using Rils.Files;
using Spectre.Console;

namespace Rils.Tests.Engine.Files;

/// <summary>No name and no text can give a terminal an order: control characters are printed as escapes.</summary>
public sealed class PrintableTests
{
    const string Hostile = "a\x1b]0;owned\x07\u009b31m\u202eb\tc\x7f\u2066d";
    const string Spelled = @"a\x1b]0;owned\x07\x9b31m\u202eb\x09c\x7f\u2066d";

    [Fact]
    public void Every_character_that_is_obeyed_is_spelled_out_and_no_other()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var text = $"<{(char)code}>";
            var isObeyed = code is < 0x20 or (>= 0x7f and <= 0x9f) or (>= 0x202a and <= 0x202e)
                or (>= 0x2066 and <= 0x2069);
            Assert.Equal(isObeyed ? $"<{(code < 256 ? $@"\x{code:x2}" : $@"\u{code:x4}")}>" : text,
                Printable.Line(text));
            Assert.Equal(code == '\n' ? text : Printable.Line(text), Printable.Lines(text));
        }
        Assert.Equal(Spelled, Printable.Lines(Hostile));
    }

    [Fact]
    public void Plain_lines_are_spelled_out_however_they_are_written()
    {
        using var target = new StringWriter();
        using var writer = new PrintableWriter(target);
        writer.Write(Hostile);
        foreach (var one in Hostile) writer.Write(one);
        writer.Write(Hostile.ToCharArray());
        writer.Write(Hostile.AsSpan());
        writer.WriteLine(Hostile);
        writer.WriteLine("{0}", Hostile);
        Assert.Equal($"{Spelled}{Spelled}{Spelled}{Spelled}{Spelled}\n{Spelled}\n", target.ToString());
    }

    /// <summary>A terminal gets the table's own codes, and the codes inside names become text.</summary>
    [Fact]
    public void What_is_drawn_and_drawn_again_is_spelled_out()
    {
        using var target = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem =
            ColorSystemSupport.Standard, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(target) });
        console.Profile.Width = 120;
        console.Pipeline.Attach(new PrintableHook());
        var table = Tables.New(isPlain: false, Hostile);
        table.Add(Hostile);
        console.Write(table);
        console.WriteLine(Hostile, Terminal.Dim);
        console.Live(new Text("preparing")).Start(live =>
        {
            live.UpdateTarget(new Rows(new Text(Hostile), table));
            live.Refresh();
        });
        console.Status().Start(Markup.Escape($"[red]{Hostile}"), _ => { });
        var drawn = target.ToString();
        Assert.Contains("\x1b[", drawn);
        Assert.True(drawn.Split(Spelled).Length > 5, drawn);
        foreach (var order in (string[])["\x1b]", "\x07", "\u009b", "\u202e", "\x7f", "\u2066", "\t"])
            Assert.DoesNotContain(order, drawn, StringComparison.Ordinal);
    }
}
