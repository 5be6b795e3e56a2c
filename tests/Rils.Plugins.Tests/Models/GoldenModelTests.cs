using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The forward passes against the authors' published models.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenModelTests : IDisposable
{
    const double Tolerance = 1e-5;
    readonly TorchSharp.DisposeScope scope = NewDisposeScope();
    readonly IDisposable gradient = no_grad();

    public void Dispose()
    {
        gradient.Dispose();
        scope.Dispose();
    }

    // The mask as the authors hold it: fp32 [batch, patches], 1 where a patch is hidden.
    static Tensor AsZeroOne(PatchMask mask) =>
        zeros(mask.Restore.shape).scatter(1, mask.Hidden, ones_like(mask.Hidden, ScalarType.Float32));

    [Theory, MemberData(nameof(GoldenCases.Of), "rils", MemberType = typeof(GoldenCases))]
    public void Rils_forward_is_the_authors(string folder)
    {
        var golden = new GoldenCase(folder);
        var (inputs, outputs) = (golden.Read("inputs"), golden.Read("outputs"));
        var vit = GoldenModel.Vit(golden, QkvBias.Qv);
        var decoder = GoldenModel.Decoder(golden, vit.Shape, vit.Patches, vit.Shape.Width, QkvBias.Qv);
        var text = GoldenModel.Text(golden);
        var space = new LinearSpace(new() { Dim = golden["embed_dim"] }, new(vit.Shape, text.Shape));
        var weights = new GoldenWeights(golden.Read("weights"));
        weights.Load(vit, "visual.");
        weights.Load(decoder, "visual.");
        weights.Load(text, "");
        weights.Load(space, "");
        weights.AssertAllTaken();

        var patches = vit.Patches.Grid.Count;
        var mask = PatchMask.KeepSmallest(inputs["mask_noise"], golden.Visible(patches));
        Assert.True(outputs["ids_restore"].Equals(mask.Restore));
        Assert.True(outputs["mask"].Equals(AsZeroOne(mask)));

        var full = vit.Encode(inputs["images"]);
        var visible = vit.EncodeVisible(inputs["images"], mask.Visible);
        void Check(string name, Tensor actual) =>
            GoldenAssert.Close(outputs[name], actual, Tolerance, $"{folder}: {name}");
        Check("unmasked_feat", space.ProjectImages(full));
        Check("image_embed", space.ProjectImages(vit.Pool(full)));
        Check("text_embed", space.ProjectTexts(text.Encode(inputs["tokens"])));
        Check("masked_feat", space.ProjectImages(visible));
        Check("masked_pred", space.ProjectImages(decoder.Predict(visible, mask.Restore)));
        Check("logit_scale", space.LogitScale);
    }

    [Theory, MemberData(nameof(GoldenCases.Of), "mae", MemberType = typeof(GoldenCases))]
    public void Mae_forward_is_the_authors(string folder)
    {
        var golden = new GoldenCase(folder);
        var (inputs, outputs) = (golden.Read("inputs"), golden.Read("outputs"));
        var vit = GoldenModel.Vit(golden, QkvBias.Qkv);
        var decoder = GoldenModel.Decoder(golden, vit.Shape, vit.Patches,
            3 * vit.Patches.PatchSize * vit.Patches.PatchSize, QkvBias.Qkv);
        var weights = new GoldenWeights(golden.Read("weights"));
        weights.Load(vit, "");
        weights.Load(decoder, "");
        weights.AssertAllTaken();

        var patches = vit.Patches.Grid.Count;
        var mask = PatchMask.KeepSmallest(inputs["mask_noise"], golden.Visible(patches));
        Assert.True(outputs["mask"].Equals(AsZeroOne(mask)));
        var predicted = decoder.Predict(vit.EncodeVisible(inputs["images"], mask.Visible), mask.Restore);
        GoldenAssert.Close(outputs["pred"], predicted.narrow(1, 1, patches), Tolerance, $"{folder}: pred");
    }
}
