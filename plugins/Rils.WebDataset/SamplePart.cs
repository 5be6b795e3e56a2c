namespace Rils.WebDataset;

/// <summary>The parts that a sample may have, each one file.</summary>
enum SamplePart
{
    /// <summary>A file <c>.jpg</c>, <c>.jpeg</c>, <c>.png</c> or <c>.webp</c>.</summary>
    Image,

    /// <summary>A file <c>.txt</c>.</summary>
    Caption,

    /// <summary>A file <c>.cls</c>.</summary>
    Class,

    /// <summary>A file <c>.json</c>, whose <c>caption</c> counts where there is no <c>.txt</c> or only a blank
    /// one.</summary>
    Json,
}
