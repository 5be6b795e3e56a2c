using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>KL(teacher || student) over the batch's and past sentences, or another <see cref="Comparison"/>, summed
/// over the counted patches of each selected image, as in RILS's code.</summary>
/// <remarks>Logits are computed for counted patches only, and for so few images at a time that they stay small; the
/// backward pass computes them again.</remarks>
/// <param name="options">Temperatures, the comparison, the counted patches, and whether the sentences get
/// gradients.</param>
/// <param name="tokens">The full pass's tokens, which get no gradient. Predictions have as many tokens before the
/// patches.</param>
/// <param name="space">Projects tokens and predictions to the sentences' space.</param>
/// <param name="parts">How a batch is cut.</param>
/// <param name="teacher">The vectors of a <c>[teacher]</c> in the sentences' space; null where the arm's own tokens
/// teach.</param>
/// <param name="directions">The directions that take the place of the sentences; null where none do.</param>
/// <param name="limit">The most numbers in the logits of a piece; a single image may have more. The default follows
/// from shapes alone, so that bits depend on no machine.</param>
sealed class LanguageDivergence(
    LanguageTargetOptions options, ImageTokens tokens, SharedSpace space, BatchParts parts,
    TeacherVectors? teacher = null, PrototypeDirections? directions = null, long? limit = null)
{
    /// <summary>Logits of up to 2 MB, in numbers: so few are not worth a second pass.</summary>
    const long SmallPiece = 1 << 19;

    /// <summary>Numbers of the predictions for each number of a piece's logits. A piece takes some ten tensors of the
    /// size of its logits; with this divisor they stay well below the predictions and their gradient.</summary>
    const long PredictionsToLogits = 32;

    /// <summary>Numbers of the patches that the loss counts, int64 <c>[selected, counted]</c>.</summary>
    public Tensor Counted(PatchPrediction prediction) =>
        options.Patches == CountedPatches.Hidden ? prediction.Mask.Hidden
        : Constant.Count(tokens.Tokens.shape[1] - tokens.Prefix, tokens.Tokens.device)
            .expand(prediction.Tokens.shape[0], -1);

    /// <summary>Sums the comparison over the counted patches of each selected image: fp32 <c>[selected]</c>.</summary>
    /// <param name="prediction">The student's prediction for the selected images.</param>
    /// <param name="images">The selected images' numbers in the batch, int64 <c>[selected]</c>.</param>
    /// <param name="sentences">The batch's sentences, <c>[batch, dimensions]</c>.</param>
    /// <param name="past">Sentences of past steps: unit vectors, fp32 <c>[past, dimensions]</c>; may be empty.</param>
    public Tensor OfEach(PatchPrediction prediction, Tensor images, Tensor sentences, Tensor past) => parts.Run(
        space, OfPart, [prediction.Tokens, Counted(prediction), images], AllPrototypes(sentences, past));

    Tensor OfPart(Tensor[] inputs)
    {
        var (prediction, counted, prototypes) = (inputs[0], inputs[1], inputs[3]);
        var most = limit ?? Math.Max(SmallPiece, prediction.numel() / PredictionsToLogits);
        var size = Math.Max(1, most / Math.Max(1, counted.size(1) * prototypes.size(0)));
        return ActivationCheckpoint.RunInParts(size, OfImages, inputs[..3], prototypes);
    }

    /// <summary>The batch's sentences, then past ones, or the directions in their place: unit vectors, fp32
    /// <c>[prototypes, dimensions]</c>.</summary>
    public Tensor AllPrototypes(Tensor sentences, Tensor past)
    {
        if (directions is not null) return directions.Units;
        using var scope = NewDisposeScope();
        var prototypes = Similarity.Unit(options.Prototypes == Prototypes.Detached ? sentences.detach() : sentences);
        return (past.shape[0] > 0 ? cat([prototypes, past]) : prototypes).MoveToOuterDisposeScope();
    }

    /// <summary>The teacher's scores of patches, <c>[piece, counted, prototypes]</c>, without a gradient.</summary>
    /// <param name="patches">Numbers of patches, int64 <c>[piece, counted]</c>.</param>
    /// <param name="images">Their images' numbers in the batch, int64 <c>[piece]</c>.</param>
    /// <param name="prototypes">The result of <see cref="AllPrototypes"/>.</param>
    public Tensor Teacher(Tensor patches, Tensor images, Tensor prototypes)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var vectors = teacher is null
            ? space.ProjectImages(ImageTokens.Pick(tokens.Tokens, patches, tokens.Prefix, images))
            : ImageTokens.Pick(teacher.Values, patches, teacher.Prefix, images);
        return Scores(vectors, prototypes, options.TeacherTemperature).MoveToOuterDisposeScope();
    }

    /// <summary>The student's scores of patches, <c>[piece, counted, prototypes]</c>.</summary>
    /// <param name="prediction">The decoder's output, <c>[piece, prefix + patches, width]</c>.</param>
    /// <param name="patches">Numbers of patches, int64 <c>[piece, counted]</c>.</param>
    /// <param name="prototypes">The result of <see cref="AllPrototypes"/>.</param>
    public Tensor Student(Tensor prediction, Tensor patches, Tensor prototypes) =>
        Scores(space.ProjectImages(ImageTokens.Pick(prediction, patches, tokens.Prefix)), prototypes,
            options.StudentTemperature);

    /// <summary>Sums the comparison over the counted patches of each image of a piece: <c>[piece]</c>.</summary>
    /// <param name="inputs">Predictions <c>[piece, prefix + patches, width]</c>, numbers of their counted patches
    /// <c>[piece, counted]</c>, numbers of their images <c>[piece]</c>, unit prototypes
    /// <c>[prototypes, dimensions]</c>.</param>
    Tensor OfImages(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var (prediction, patches, images, prototypes) = (inputs[0], inputs[1], inputs[2], inputs[3]);
        var target = Teacher(patches, images, prototypes);
        return Compare(target, Student(prediction, patches, prototypes)).sum([1L, 2L]).MoveToOuterDisposeScope();
    }

    /// <summary>The addend of each sentence in a patch's loss, <c>[piece, counted, prototypes]</c>.</summary>
    Tensor Compare(Tensor target, Tensor student) => options.Loss switch
    {
        Comparison.Kl => (target - student).mul_(target.exp()),
        Comparison.CrossEntropy => target.exp().neg_().mul(student),
        _ => Squared(student - target) / Constant.Of(student.shape[2]),
    };

    static Tensor Squared(Tensor difference) => difference * difference;

    /// <summary>Log probabilities of the sentences, or their cosines for mse.</summary>
    Tensor Scores(Tensor vectors, Tensor prototypes, double temperature) => options.Loss == Comparison.Mse
        ? LanguageLogits.Cosines(vectors, prototypes)
        : LanguageLogits.LogProbabilities(vectors, prototypes, temperature);
}
