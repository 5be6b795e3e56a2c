namespace Rils.Analysis.Report.Sections;

/// <summary>The place of pictures that only the trained models can make.</summary>
static class GallerySection
{
    public static Section Of() => new("gallery", "Pictures of the method", Table.Note("Not in this report: masked inputs, reconstructed pixels, patches by their "
        + "sentence and teacher beside student need the models themselves. Their weights are in the run folder (rils weights DIR)."));
}
