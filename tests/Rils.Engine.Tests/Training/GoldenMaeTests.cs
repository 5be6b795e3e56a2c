using Rils.Contract;
using Rils.PixelTarget;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>The scheduler, the flat buffers and the pixel target's plugin together give MAE's losses and
/// gradients.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenMaeTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory, MemberData(nameof(GoldenCases.Of), "mae", MemberType = typeof(GoldenCases))]
    public void Loss_and_every_gradient_are_the_authors(string folder) => AssertTheAuthors(folder, null);

    [Theory, MemberData(nameof(GoldenCases.Of), "mae", MemberType = typeof(GoldenCases))]
    public void So_they_are_where_the_batch_is_encoded_in_chunks(string folder) => AssertTheAuthors(folder, 3);

    [Theory, MemberData(nameof(GoldenCases.Of), "mae", MemberType = typeof(GoldenCases))]
    public void Hidden_patches_are_the_authors(string folder)
    {
        var golden = new GoldenCase(folder);
        var (inputs, patches) = (golden.Read("inputs"), golden.Read("outputs")["patches"]);
        var side = golden["image_size"] / golden["patch_size"];
        var shape = new PatchShape(new(side, side), golden["patch_size"], 1);
        var hidden = PatchMask.KeepSmallest(inputs["mask_noise"], golden.Visible(shape.Grid.Count)).Hidden;
        var expected = patches.gather(1, hidden.unsqueeze(-1).expand(-1, -1, patches.shape[2]));
        var actual = PixelPatches.Pick(inputs["images"], arange(hidden.shape[0]), hidden, shape);
        Assert.True(expected.Equals(actual));
    }

    static void AssertTheAuthors(string folder, int? chunk)
    {
        var golden = new GoldenCase(folder);
        using var arm = GoldenArm.Mae(golden, chunk, parts: chunk is null ? 1 : golden["batch"]);
        var row = Assert.Single(arm.Train(1)).Values.ToDictionary();
        foreach (var name in (string[])["loss", "pixel"])
            Assert.True(Math.Abs(row[name] - golden.Number("loss")) <= 1e-5 * golden.Number("loss"),
                $"{name}: {row[name]} instead of {golden.Number("loss")}");
        var expected = golden.Read("grads");
        Assert.Equal(expected.Keys.Select(name => $"visual.{name}").Order(StringComparer.Ordinal),
            arm.Weights.Parameters.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, gradient) in expected)
            GoldenAssert.CloseInNorm(gradient, arm.Weights.Parameters[$"visual.{name}"].grad!, 1e-4, name);
    }
}
