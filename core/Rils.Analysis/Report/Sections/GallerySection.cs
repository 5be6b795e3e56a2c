using System.Buffers.Binary;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Runs;
using Rils.Runs.Gallery;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows pictures of the last training step, the arms one below the other: the first seed unfolded, the others
/// folded.</summary>
static class GallerySection
{
    public const string Missing = "The run folder holds no pictures. They are made in the last training step of arms "
        + "that hide patches or compare views; an older version made none. "
        + "To have them, run the experiment again: rils run ";

    /// <summary>The most bytes of pictures in a report; base64 makes 4 MB of the page from them.</summary>
    const int Most = 3_000_000;

    public static Section Of(ReportSource source)
    {
        var run = source.Run;
        var galleries =
            OfArms(run).ToDictionary(outcome => outcome, outcome => ArmGallery.TryRead(source.FolderOf(outcome)));
        return new("gallery", "Pictures of the method", galleries.Values.All(gallery => gallery is null)
            ? Table.Note(Missing + string.Join(
                ", and rils run ", source.Runs.Select(one => Path.Combine(one.Run.Folder, RunFolder.ExperimentFile))))
            : Markup.Of($"<p>Pictures that the arms made from images of their last training step.</p>\n"
                + $"{Seeds(source, galleries)}"));
    }

    /// <summary>The outcomes of arms: an average sees no training step, and so makes no pictures.</summary>
    static IEnumerable<ArmOutcome> OfArms(FinishedRun run) =>
        run.Outcomes.Where(outcome => !ArmAverage.Is(outcome.Arm));

    static IEnumerable<Markup> Seeds(ReportSource source, IReadOnlyDictionary<ArmOutcome, ArmGallery?> galleries)
    {
        var room = Most;
        foreach (var (index, seed) in source.Run.Seeds.Index())
        {
            ArmOutcome[] outcomes = [.. OfArms(source.Run).Where(outcome => outcome.Seed == seed)];
            List<Markup> arms = [];
            foreach (var (place, outcome) in outcomes.Index())
            {
                // Each arm of several runs has a share, so that the first ones do not fill the page.
                var share = source.IsJoined ? room / (outcomes.Length - place) : room;
                arms.Add(Arm(source, outcome, galleries[outcome], share, out var left));
                room -= share - left;
            }
            yield return source.Run.Seeds.Count == 1 ? Markup.Join(arms)
                : Table.Folded($"Seed {seed}", Markup.Join(arms), isOpen: index == 0);
        }
    }

    /// <param name="source">The report.</param>
    /// <param name="outcome">The arm, for one seed.</param>
    /// <param name="gallery">Its pictures; null where it has none.</param>
    /// <param name="room">The most bytes of pictures.</param>
    /// <param name="left">The bytes that the pictures leave.</param>
    static Markup Arm(ReportSource source, ArmOutcome outcome, ArmGallery? gallery, int room, out int left)
    {
        left = room;
        var problems = gallery?.Problems.Select(problem => Table.Note($"Pictures are missing: {problem}")) ?? [];
        var heading = Markup.Of($"<h3>{source.ArmLabel(outcome.Arm)}</h3>\n{problems}");
        if (gallery is null) return Markup.Of($"{heading}{Table.Note(WhyNone(outcome))}");
        if (gallery.Rows.Count == 0 && gallery.Problems.Count > 0) return heading;
        if (gallery.Rows.Count == 0) return Markup.Of($"{heading}{Table.Note(NoneSelected(gallery))}");
        var folder = source.FolderOf(outcome);
        List<Markup> rows = [];
        foreach (var row in gallery.Rows)
        {
            byte[]?[] pictures = [.. row.Files.Select(file => ArmGallery.Picture(folder, file))];
            var size = pictures.Sum(picture => picture?.Length ?? 0);
            if (size > left) continue;
            left -= size;
            rows.Add(Row(gallery, row, pictures));
        }
        var about = gallery.Columns.Select(column =>
            Markup.Of($"<div><dt>{column.Title}</dt><dd>{column.About}</dd></div>"));
        return Markup.Of($"""
            {heading}<dl class="about">{about}</dl>
            <div class="gallery">
            {rows}</div>
            {Left(gallery.Rows.Count - rows.Count, folder)}
            """);
    }

    static string WhyNone(ArmOutcome outcome) => outcome.Failure is null
        ? "No pictures: the arm hides no patches and compares no views."
        : "No pictures: the arm stopped before its last step.";

    static string NoneSelected(ArmGallery gallery) =>
        $"No image of step {gallery.Step} was selected: the arm retrieved the caption of no image in the batch, "
        + "so the arm hid nothing and predicted nothing.";

    static Markup Left(int count, string folder)
    {
        if (count == 0) return Markup.None;
        var path = Path.Combine(folder, ArmGallery.Folder);
        return Table.Note($"{count} more of its images are in {path}: here they would make the page too large.");
    }

    static Markup Row(ArmGallery gallery, GalleryRow row, byte[]?[] pictures)
    {
        var caption = row.Caption is null ? $"image {row.Image} of the batch" : $"“{row.Caption}”";
        var legend = row.Legend.Count == 0
            ? Markup.None : Markup.Of($"<ul class=\"key\">{row.Legend.Select(Entry)}</ul>");
        return Markup.Of($"""
            <figure class="shot"><figcaption>{caption}</figcaption>
            <div class="strip">{gallery.Columns.Zip(pictures, (column, png) => Picture(column.Title, row, png))}</div>
            {legend}</figure>

            """);
    }

    static Markup Picture(string title, GalleryRow row, byte[]? png)
    {
        if (png is not [0x89, (byte)'P', (byte)'N', (byte)'G', _, _, _, _, ..] || png.Length < 24)
            return Markup.Of(
                $"<div class=\"picture\"><span class=\"lost\">missing or damaged</span><span>{title}</span></div>");
        // The first chunk of a PNG file follows its signature; behind the chunk's length and name are the two numbers.
        var width = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(16));
        var height = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(20));
        return Markup.Of(
            $"""<div class="picture"><img src="data:image/png;base64,{Convert.ToBase64String(png)}" """
            + $"""width="{width}" height="{height}" alt="{title} of {row.Caption ?? $"image {row.Image}"}">"""
            + $"""<span>{title}</span></div>""");
    }

    static Markup Entry(GalleryLegend entry)
    {
        var square = entry.Colour is null ? Markup.None : Markup.Of(
            $"""<svg width="14" height="14" aria-hidden="true">"""
            + $"""<rect width="14" height="14" fill="{entry.Colour}"/></svg>""");
        return Markup.Of($"<li>{square}<span>{entry.Text}</span></li>");
    }
}
