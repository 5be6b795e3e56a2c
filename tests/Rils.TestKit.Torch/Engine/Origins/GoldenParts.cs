using Rils.Contract;
using Rils.Engine.Pretrained;
using Rils.Layers;
using Rils.Models;
using Rils.Scheduling;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>Our modules in the dimensions of a golden case, with fresh weights, and the results of the authors' models
/// for the case's inputs.</summary>
sealed class GoldenParts
{
    readonly GoldenCase golden;
    readonly Vit vit;
    readonly MaskedDecoder decoder;
    readonly TextTransformer? text;
    readonly LinearSpace? space;

    GoldenParts(GoldenCase golden, QkvBias bias, bool hasText)
    {
        this.golden = golden;
        vit = GoldenModel.Vit(golden, bias);
        decoder = GoldenModel.Decoder(golden, vit.Shape, vit.Patches,
            hasText ? vit.Shape.Width : 3 * vit.Patches.PatchSize * vit.Patches.PatchSize, bias);
        if (!hasText) return;
        text = GoldenModel.Text(golden);
        space = new LinearSpace(new() { Dim = golden["embed_dim"] }, new(vit.Shape, text.Shape));
        var seed = RandomStream.Root(2);
        vit.Initialize(seed.Fork("vit"));
        text.Initialize(seed.Fork("text"));
        space.Initialize(seed.Fork("space"));
    }

    public static GoldenParts Rils(QkvBias bias = QkvBias.Qv) => new(Case("rils-tiny"), bias, hasText: true);

    public static GoldenParts Mae(QkvBias bias = QkvBias.Qkv) => new(Case("mae-normpix"), bias, hasText: false);

    public Vit Vit => vit;

    public TextTransformer Text => text!;

    public LinearSpace Space => space!;

    public Trainable[] All => [new("visual.", vit),
        new("visual.", decoder), .. text is null ? Array.Empty<Trainable>() : [new("", text), new("", space!)]];

    /// <summary>The weights of the case under the authors' names.</summary>
    public Dictionary<string, Tensor> Weights => golden.Read("weights");

    public TakenWeights Take(IReadOnlyDictionary<string, Tensor> weights,
        InitOptions? options = null, params Trainable[] parts)
    {
        var append = new Append<Trainable>("test");
        foreach (var part in parts.Length > 0 ? parts : All) append.Add(part);
        InitSystem.Take(new(append), options ?? new(),
            new("FILE", () => throw new NotSupportedException(), () => weights, _ => throw new NotSupportedException()),
            default, out var taken);
        return taken;
    }

    public void AssertImagesAreTheAuthors() =>
        Close("unmasked_feat", Space.ProjectImages(vit.Encode(golden.Read("inputs")["images"])));

    public void AssertTextsAreTheAuthors() =>
        Close("text_embed", Space.ProjectTexts(Text.Encode(golden.Read("inputs")["tokens"])));

    public void AssertPredictionsAreTheAuthors()
    {
        var (inputs, patches) = (golden.Read("inputs"), vit.Patches.Grid.Count);
        var mask = PatchMask.KeepSmallest(inputs["mask_noise"], golden.Visible(patches));
        var predicted = decoder.Predict(vit.EncodeVisible(inputs["images"], mask.Visible), mask.Restore);
        if (text is null) Close("pred", predicted.narrow(1, 1, patches));
        else Close("masked_pred", Space.ProjectImages(predicted));
    }

    void Close(string name, Tensor actual) => GoldenAssert.Close(golden.Read("outputs")[name], actual, 1e-5, name);

    static GoldenCase Case(string name) => new(Path.Combine(Repository.Root, "tests", "golden", name));
}
