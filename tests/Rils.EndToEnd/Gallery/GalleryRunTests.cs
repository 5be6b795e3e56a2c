using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs.Gallery;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Gallery;

/// <summary>Galleries of whole runs on real images.</summary>
public sealed class GalleryRunTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Each_arm_has_the_pictures_of_its_method_and_of_the_last_step()
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Mae, TinyExperiment.Slip);
        // The gate is off and selects all images: after six steps the model retrieves few captions.
        var run = tiny.Run(file, null, null, "arm.rils.target.gate=none");
        Assert.Equal(["original", "masked input", "teacher", "student"], Titles("rils"));
        Assert.Equal(["original", "masked input", "reconstruction"], Titles("mae"));
        Assert.Equal(["original", "view 1", "view 2"], Titles("slip"));
        Assert.Null(Of("clip"));
        Assert.False(Directory.Exists(Path.Combine(run, "seed-0", "clip", ArmGallery.Folder)));
        foreach (var arm in (string[])["rils", "mae", "slip"])
        {
            var gallery = Of(arm)!;
            Assert.Equal((5L, 8), (gallery.Step, gallery.Rows.Count));
            // All arms see the same batch: image 0 first, with its caption, in the same crop.
            Assert.Equal(Of("rils")!.Rows.Select(row => (row.Image, row.Caption)),
                gallery.Rows.Select(row => (row.Image, row.Caption)));
            Assert.All(gallery.Rows, row => Assert.False(string.IsNullOrEmpty(row.Caption)));
            Assert.Equal(Bytes("rils", "original-3.png"), Bytes(arm, "original-3.png"));
            Assert.All(gallery.Rows.SelectMany(row => row.Files),
                name => Assert.NotNull(ArmGallery.Picture(Folder(arm), name)));
        }
        Assert.Equal(Bytes("rils", "masked-input-2.png"), Bytes("mae", "masked-input-2.png"));
        Assert.All(Of("rils")!.Rows, row => Assert.Contains("agree on", row.Legend[^1].Text));

        string Folder(string arm) => Path.Combine(run, "seed-0", arm);
        ArmGallery? Of(string arm) => ArmGallery.TryRead(Folder(arm));
        IEnumerable<string> Titles(string arm) => Of(arm)!.Columns.Select(column => column.Title);
        byte[]? Bytes(string arm, string name) => ArmGallery.Picture(Folder(arm), name);
    }

    [Fact]
    public void All_that_makes_pictures_rests_but_in_the_last_step_and_keeps_nothing_alive()
    {
        var plugins = TinyExperiment.Plugins;
        using var experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip + "\nmasking = { kind = \"random\" }",
                TinyExperiment.Mae, TinyExperiment.Slip), []);
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        var pictures = plan.Arms.SelectMany(arm => arm.Systems)
            .Where(system => system.Name.StartsWith("gallery") || system.Name.EndsWith(".pictures")).ToArray();
        Assert.Equal(["gallery", "gallery.images", "gallery.masked",
            "gallery.setup", "gallery.views", "language.pictures", "pixel.pictures"],
            pictures.Select(system => system.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(pictures.Where(system => system.Definition.Stage != Stage.Setup),
            system => Assert.True(system.IsConditional, system.Name));
        // Arm clip has a masking, and only a picture would read the mask.
        Assert.DoesNotContain(plan.Arms[1].Systems,
            system => system.Name == "mask" || system.Name.StartsWith("gallery"));
    }
}
