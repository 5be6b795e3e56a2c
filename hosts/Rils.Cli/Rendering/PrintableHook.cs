using Rils.Files;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rils.Cli.Rendering;

/// <summary>Spells out the control characters in all text that Spectre draws, so that a terminal shows and does not
/// obey them. Spectre's own codes stay.</summary>
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
