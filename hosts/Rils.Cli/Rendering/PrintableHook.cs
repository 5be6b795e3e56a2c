using Rils.Files;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rils.Cli.Rendering;

/// <summary>Spells out what a terminal would obey in all that Spectre draws, but for the codes of its own.</summary>
sealed class PrintableHook : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(drawn => new Spelled(drawn));

    sealed class Spelled(IRenderable drawn) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => drawn.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => drawn.Render(options, maxWidth)
            .Select(segment => segment.IsControlCode || segment.IsLineBreak
            ? segment : new(Printable.Lines(segment.Text), segment.Style));
    }
}
