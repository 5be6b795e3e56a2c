using Rils.Runs.Gallery;
using Rils.Tests.Engine.Training;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Gallery;

/// <summary>Pictures change nothing.</summary>
public sealed class GalleryBitsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-gallery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(GoldenCases.Of), "rils", MemberType = typeof(GoldenCases))]
    public void An_arm_trains_to_the_same_bits_with_pictures_in_the_middle_and_with_none(string folderOfCase)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folderOfCase);
        var noise = golden.Read("inputs")["mask_noise"];
        Tensor[] steps = [noise, noise, noise, noise];
        using var without = new GoldenArm(golden, steps, pictured: 1_000);
        using var with = new GoldenArm(golden, steps, pictured: 1);
        Assert.Equal(without.Train(4).SelectMany(row => row.Values), with.Train(4).SelectMany(row => row.Values));
        foreach (var (name, values) in without.Weights.Parameters)
            Assert.True(values.Equals(with.Weights.Parameters[name]), name);
        foreach (var arm in (string[])["without", "with"]) Directory.CreateDirectory(Path.Combine(folder, arm));
        without.Gallery.Write(Path.Combine(folder, "without"));
        with.Gallery.Write(Path.Combine(folder, "with"));
        Assert.Null(ArmGallery.TryRead(Path.Combine(folder, "without")));
        var gallery = ArmGallery.TryRead(Path.Combine(folder, "with"))!;
        Assert.Equal(1, gallery.Step);
        Assert.Equal(["original", "masked input", "teacher", "student"],
            gallery.Columns.Select(column => column.Title));
    }
}
