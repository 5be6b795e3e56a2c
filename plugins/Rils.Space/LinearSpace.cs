using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>Two linear projections without bias, and CLIP's learned logit scale (Radford et al. 2021).</summary>
public sealed class LinearSpace : SharedSpace, IForeignNames
{
    /// <summary>The start value of the logit scale's logarithm, ln(1/0.07).</summary>
    public static readonly double InitialLogitScale = Math.Log(1 / 0.07);

    /// <summary>The largest value of the logit scale's logarithm, ln 100 as the authors' trainer rounds it; the
    /// smallest is 0.</summary>
    public const double LargestLogitScale = 4.6052;

    [ComponentName(Name = "image_projection")] readonly Parameter imageProjection;
    [ComponentName(Name = "text_projection")] readonly Parameter? textProjection;
    [ComponentName(Name = "logit_scale")] readonly Parameter logitScale;

    /// <summary>Makes a space whose projections still have to be drawn. An arm without text gets no text
    /// projection.</summary>
    public LinearSpace(LinearSpaceOptions options, SpaceContext context) : base("linear")
    {
        Dimensions = options.Dim;
        imageProjection = new(zeros(context.Backbone.Width, options.Dim));
        if (context.Text is { } text) textProjection = new(zeros(text.Width, options.Dim));
        logitScale = new(tensor((float)InitialLogitScale));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override Tensor LogitScale => logitScale.exp();

    /// <inheritdoc/>
    public override Tensor ProjectImages(Tensor features) => features.to(imageProjection.dtype).matmul(imageProjection);

    /// <inheritdoc/>
    public override Tensor ProjectTexts(Tensor features) => textProjection is null
        ? throw new InvalidOperationException("[space] has no text projection, since the arm has no [text]")
        : features.to(textProjection.dtype).matmul(textProjection);

    /// <inheritdoc/>
    public override void Initialize(RandomStream random)
    {
        using var gradient = no_grad();
        logitScale.fill_(Constant.Of(InitialLogitScale));
        Draw(imageProjection, random.Fork("image_projection"));
        if (textProjection is not null) Draw(textProjection, random.Fork("text_projection"));
    }

    /// <inheritdoc/>
    /// <remarks>transformers' CLIP stores the transposes, as the weights of linear layers. CLIP's projection of images
    /// belongs to its image tower: without the tower it projects nothing that it knows.</remarks>
    public IEnumerable<ForeignTensor> AlternativesTo(string name) => name switch
    {
        "text_projection" => [new(["text_projection.weight"], Transposed)],
        "image_projection" =>
        [
            new(["visual.proj"]) { With = "visual.conv1.weight" },
            new(["visual_projection.weight"], Transposed)
            {
                With = "vision_model.embeddings.patch_embedding.weight",
            },
        ],
        _ => [],
    };

    /// <inheritdoc/>
    public bool MayStay(string name) => true;

    /// <summary>Brings the logit scale back into its range, in place, after an optimizer's step. A scale that is not
    /// trained stays as it is.</summary>
    public void ClampLogitScale()
    {
        if (!logitScale.requires_grad) return;
        using var gradient = no_grad();
        logitScale.clamp_(Constant.Of(0), Constant.Of(LargestLogitScale));
    }

    static Tensor Transposed(IReadOnlyList<Tensor> given) => given[0].t();

    // Standard deviation: input width to the power -1/2.
    static void Draw(Parameter projection, RandomStream random) =>
        Initialization.Normal(projection, Math.Pow(projection.shape[0], -0.5), random);
}
