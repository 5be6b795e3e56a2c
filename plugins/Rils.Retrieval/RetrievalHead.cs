using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Retrieval;

/// <summary>Image-text retrieval in both directions (Radford et al. 2021).</summary>
/// <remarks>The right answers of an image are the entries of its captions; the right answers of a caption are its
/// images: all of them where equal captions are one entry, else the caption's own. Samples without a caption are left
/// out.</remarks>
/// <param name="context">Names the head.</param>
/// <param name="isStandard">Whether each of an image's first five captions is an entry of its own, as on COCO and
/// Flickr30k; else all captions count, and equal ones are one entry.</param>
sealed class RetrievalHead(HeadContext context, bool isStandard = false) : IHead
{
    /// <summary>Captions of an image in the standard form. A few of COCO's images have more.</summary>
    const int StandardCaptions = 5;

    // Bounds the memory of the text encoder's activations; changes no result.
    const int TextsAtOnce = 256;

    static readonly int[] depths = [1, 5, 10];

    readonly List<Tensor> images = [];
    CaptionGallery gallery = new(!isStandard);
    ArmModel? model;

    /// <inheritdoc/>
    public IReadOnlyList<Type> Reads => [typeof(Captions)];

    /// <inheritdoc/>
    public bool EncodesTexts => true;

    /// <inheritdoc/>
    public bool CanEvaluate(ArmModel model) => model is { Text: not null, Space: not null, Tokenizer: not null };

    /// <inheritdoc/>
    public void Begin(ArmModel model)
    {
        Release();
        this.model = model;
    }

    /// <inheritdoc/>
    public void Add(EvaluationBatch batch)
    {
        if (model is null) throw new InvalidOperationException("call Begin before Add");
        int[] rows = [.. Enumerable.Range(0, batch.Samples.Count)
            .Where(row => batch.Samples[row].Find<Captions>() is not null)];
        if (rows.Length == 0) return;
        using var scope = NewDisposeScope();
        var found = batch.ImageEmbedding.index_select(0, tensor(rows, device: batch.ImageEmbedding.device));
        images.Add(found.DetachFromDisposeScope());
        foreach (var row in rows) gallery.Add(batch.Samples[row].Key, Own(batch.Samples[row]));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No sample had a caption.</exception>
    public HeadResult Finish()
    {
        if (model is null) throw new InvalidOperationException("call Begin before Finish");
        if (images.Count == 0)
            throw new InvalidOperationException(
                $"head '{context.Name}' of arm '{context.Arm}': no sample of its data has a caption");
        try
        {
            using var scope = NewDisposeScope();
            return Result(cat(images), cat([.. gallery.Captions.Chunk(TextsAtOnce).Select(model.EmbedTexts)]));
        }
        finally
        {
            Release();
        }
    }

    IReadOnlyList<string> Own(Sample sample)
    {
        var texts = sample.Find<Captions>()!.Texts;
        return isStandard ? [.. texts.Take(StandardCaptions)] : texts;
    }

    HeadResult Result(Tensor images, Tensor texts)
    {
        var (imageCount, textCount) = (gallery.OfImages.Count, gallery.Captions.Count);
        var toText = RetrievalRanks.Of(images, texts, gallery.OfImages);
        var toImage = RetrievalRanks.Of(texts, images, gallery.OfCaptions);
        var clusters = CaptionClusters.Of(gallery.OfImages, gallery.OfCaptions);
        SampleOutcomes[] samples =
        [
            Rates.Within("image_to_text_r", depths, gallery.ImageKeys, toText) with { Clusters = clusters.Images },
            Rates.Within("text_to_image_r", depths, gallery.CaptionKeys, toImage) with { Clusters = clusters.Captions },
        ];
        return new(new Dictionary<string, HeadMetric>(
        [
            .. Rates.Means("image_to_text_r", depths, samples[0],
                depth => ChanceRate.Of(depth, gallery.OfImages.Select(own => own.Count), textCount)),
            .. Rates.Means("text_to_image_r", depths, samples[1],
                depth => ChanceRate.Of(depth, gallery.OfCaptions.Select(own => own.Count), imageCount)),
            new("image_gallery", Rates.Reference(imageCount)),
            new("text_gallery", Rates.Reference(textCount)),
        ]))
        {
            Samples = samples,
        };
    }

    void Release()
    {
        foreach (var kept in images) kept.Dispose();
        images.Clear();
        gallery = new(!isStandard);
        model = null;
    }
}
