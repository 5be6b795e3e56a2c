using System.Drawing;
using NetVips;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Gallery;
using Rils.Runs.Gallery;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;
using Picture = Rils.Contract.Picture;

namespace Rils.Tests.Engine.Gallery;

public sealed class GallerySystemsTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly string folder = Directory.CreateTempSubdirectory("rils-gallery-").FullName;

    /// <summary>10 images of 8 x 8 pixels; each channel takes all byte values that it can, in another order.</summary>
    readonly Tensor bytes = (arange(10 * 3 * 8 * 8, ScalarType.Int64) * 7 % 256).to(ScalarType.Byte).view(10, 3, 8, 8);

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Colours_come_back_from_normalised_pixels_to_the_bit()
    {
        var all = arange(256, ScalarType.Int64).to(ScalarType.Byte).view(1, 1, 16, 16).expand(2, 3, 16, 16);
        Assert.True(Images.ToRgb(Normalization.Apply(all, CPU)).Equals(all));
        Assert.True(Images.ToRgb(full([1, 3, 2, 2], -9)).Equals(zeros([1, 3, 2, 2], ScalarType.Byte)));
        Assert.True(Images.ToRgb(full([1, 3, 2, 2], 9, ScalarType.BFloat16))
            .Equals(full([1, 3, 2, 2], 255, ScalarType.Byte)));
    }

    [Fact]
    public void Shown_are_the_first_of_the_selected_or_of_all()
    {
        Assert.Equal("0 1 2 3 4 5 6 7 in 0 1 2 3 4 5 6 7", Chosen(default));
        Assert.Equal("1 4 9 in 0 1 2", Chosen(new(new(tensor(new long[] { 1, 4, 9 })))));
        Assert.Equal("4 9 in 1 2",
            Chosen(new(new(tensor(new long[] { 1, 4, 9 }), tensor(new float[] { 0, 1, 0.5f })))));
        Assert.Equal(" in ", Chosen(new(new(empty(0, ScalarType.Int64)))));

        string Chosen(Maybe<ImageSelection> selection)
        {
            GallerySystems.Choose(new(Normalization.Apply(bytes, CPU)), selection, out var pictured);
            return $"{string.Join(' ', pictured.Numbers.data<long>().ToArray())} in "
                + $"{string.Join(' ', pictured.Rows.data<long>().ToArray())}";
        }
    }

    [Fact]
    public void Hidden_patches_are_grey_and_the_others_as_they_were()
    {
        // An image has 2 x 2 patches of side 4, numbered row by row. Image 1 hides patch 2: rows 4 to 7, columns 0 to
        // 3.
        var mask = new PatchMask(zeros(10, 3, ScalarType.Int64),
            (arange(10, ScalarType.Int64) + 1).remainder(4).unsqueeze(1), zeros(10, 4, ScalarType.Int64));
        var pictures = new Append<Picture>("arm");
        GallerySystems.Masked(new(new(2, 2), 4, 1), new(Normalization.Apply(bytes, CPU)),
            new(tensor(new long[] { 1, 4 }), tensor(new long[] { 0, 1 })), mask, pictures);
        var picture = Assert.Single(new Collected<Picture>(pictures));
        var expected = bytes.index_select(0, tensor(new long[] { 1, 4 })).clone();
        expected[0, .., 4..8, 0..4] = 128;
        expected[1, .., 0..4, 4..8] = 128;
        Assert.True(picture.Rgb.Equals(expected));
    }

    [Fact]
    public void What_is_written_reads_back_as_it_was()
    {
        var log = new GalleryLog();
        var (images, colours) = (new Images(Normalization.Apply(bytes, CPU)), new Append<Picture>("arm"));
        var pictured = new PicturedImages(tensor(new long[] { 3, 5 }), tensor(new long[] { 0, 1 }));
        colours.Add(new("First & only", "About it.", bytes.narrow(0, 0, 2))
        {
            Legends = [[new("red", Color.FromArgb(255, 1, 2)), new("no colour")], []],
        });
        colours.Add(new("masked input", "Grey.", bytes.narrow(0, 2, 2)));
        GallerySystems.Collect(new(41), images, pictured,
            new(new CaptionTexts(["a", "b", "c", "a <b>", "e", "f"])), new(colours), ref log);
        log.Write(folder);
        var gallery = ArmGallery.TryRead(folder)!;
        Assert.Equal((1, 41L), (gallery.Version, gallery.Step));
        Assert.Equal(["original", "masked input", "First & only"], gallery.Columns.Select(column => column.Title));
        Assert.Equal([(3L, "a <b>"), (5L, "f")], gallery.Rows.Select(row => (row.Image, row.Caption)));
        Assert.Equal([new("red", "#ff0102"), new("no colour", null)], gallery.Rows[0].Legend);
        Assert.Empty(gallery.Rows[1].Legend);
        Assert.Equal(["original-1.png", "masked-input-1.png", "first-only-1.png"], gallery.Rows[1].Files);
        Assert.Equal(Interleaved(bytes[5]), Pixels("original-1.png"));
        Assert.Equal(Interleaved(bytes[2]), Pixels("masked-input-0.png"));
        Assert.Equal(Interleaved(bytes[1]), Pixels("first-only-1.png"));
        // The log writes its pictures once and keeps none, so the second call writes nothing.
        Directory.Delete(Path.Combine(folder, ArmGallery.Folder), recursive: true);
        log.Write(folder);
        Assert.Null(ArmGallery.TryRead(folder));
    }

    [Fact]
    public void Pictures_of_another_form_and_two_of_one_title_are_refused()
    {
        var log = new GalleryLog();
        string Refusal(params Picture[] pictures) =>
            Assert.Throws<InvalidOperationException>(() => log.Keep(0, [0, 1], [null, null], pictures)).Message;
        Assert.Contains("the picture `x` is Float32 [2, 3, 4, 4]", Refusal(new Picture("x", "", zeros(2, 3, 4, 4))));
        Assert.Contains("the picture `x` is Byte [1, 3, 4, 4]",
            Refusal(new Picture("x", "", zeros([1, 3, 4, 4], ScalarType.Byte))));
        Assert.Contains("with 1 legends",
            Refusal(new Picture("x", "", zeros([2, 3, 4, 4], ScalarType.Byte)) { Legends = [[]] }));
        var good = new Picture("A b", "", zeros([2, 3, 4, 4], ScalarType.Byte));
        Assert.Contains("two pictures of an arm are called `A b`", Refusal(good, good with { Title = "a-B" }));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("original-0.png", "../original-0.png")]
    [InlineData("#ff0102", "url(x)")]
    [InlineData("\"step\"", "\"stop\"")]
    public void A_list_that_is_not_sound_is_none(string good, string bad)
    {
        What_is_written(folder);
        var file = Path.Combine(folder, ArmGallery.Folder, "gallery.json");
        Assert.NotNull(ArmGallery.TryRead(folder));
        Assert.Contains(good, File.ReadAllText(file));
        File.WriteAllText(file, File.ReadAllText(file).Replace(good, bad));
        Assert.Null(ArmGallery.TryRead(folder));
    }

    void What_is_written(string to)
    {
        var log = new GalleryLog();
        log.Keep(0, [0], ["caption"],
            [new("original", "", bytes.narrow(0, 0, 1)) { Legends = [[new("red", Color.FromArgb(255, 1, 2))]] }]);
        log.Write(to);
    }

    static byte[] Interleaved(Tensor image) => image.permute(1, 2, 0).contiguous().bytes.ToArray();

    byte[] Pixels(string file)
    {
        using var image = Image.NewFromFile(Path.Combine(folder, ArmGallery.Folder, file));
        Assert.Equal((8, 8, 3), (image.Width, image.Height, image.Bands));
        return image.WriteToMemory<byte>();
    }
}
