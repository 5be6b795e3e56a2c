using Rils.Contract;
using Rils.ImageFiles;

namespace Rils.Tests.Plugins.ImageFiles;

public sealed class CocoSourceTests : IDisposable
{
    readonly ImageTree tree = new();

    public void Dispose() => tree.Dispose();

    CocoSource Open(string name, CocoOptions? options = null, IReadOnlyList<string>? classes = null) =>
        new(new([tree[name]], tree.Cache) { ClassNames = classes }, options);

    const string Captions = """
        {"info": {"year": 2017}, "licenses": [], "images": [
          {"id": 9, "file_name": "000000000009.jpg", "height": 480, "width": 640, "coco_url": "http://x"},
          {"id": 7, "file_name": "000000000007.jpg"}, {"id": 8, "file_name": "000000000008.jpg"}],
         "annotations": [{"image_id": 7, "id": 1, "caption": "a boat\n"}, {"image_id": 9, "id": 2, "caption": "one"},
          {"image_id": 9, "id": 3, "caption": "two"}, {"image_id": 8, "id": 4, "caption": " "}]}
        """;

    [Fact]
    public void Captions_belong_to_images_in_the_order_of_the_file()
    {
        tree.With("coco/train2017/000000000007.jpg", "coco/train2017/000000000008.jpg",
            "coco/train2017/000000000009.jpg");
        tree.Write("coco/annotations/captions_train2017.json", Captions);
        using var source = Open("coco/annotations/captions_train2017.json");
        Assert.Equal(["000000000009: one|two", "000000000007: a boat", "000000000008: "],
            Enumerable.Range(0, source.Count).Select(number => source.Read(number))
                .Select(sample => $"{sample.Key}: {string.Join('|', sample.Find<Captions>()?.Texts ?? [])}"));
        Assert.Equal("content of coco/train2017/000000000007.jpg"u8.ToArray(), source.Read(1).Image.ToArray());
        Assert.Equal([typeof(Captions)], source.Components);
        Assert.Null(source.ClassNames);
    }

    const string Instances = """
        {"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2, "file_name": "2.jpg"}],
         "annotations": [
          {"id": 1, "image_id": 1, "category_id": 18, "bbox": [1.5, 2, 30, 40.25], "area": 9, "iscrowd": 0,
           "segmentation": [[1, 2, 3, 4]]},
          {"id": 2, "image_id": 1, "category_id": 1, "bbox": [0, 0, 5, 5], "iscrowd": 1,
           "segmentation": {"counts": [1, 2], "size": [3, 1]}}],
         "categories": [{"id": 18, "name": "dog", "supercategory": "animal"}, {"id": 1, "name": "person"}]}
        """;

    [Fact]
    public void Instances_give_boxes_whose_classes_are_numbered_by_their_ids()
    {
        tree.With("1.jpg", "2.jpg");
        tree.Write("instances_val.json", Instances);
        using var source = Open("instances_val.json");
        Assert.Equal(["person", "dog"], source.ClassNames);
        Assert.Equal([new LabelledBox(1.5, 2, 30, 40.25, 1), new LabelledBox(0, 0, 5, 5, 0)],
            source.Read(0).Find<Boxes>()!.All);
        Assert.Empty(source.Read(1).Find<Boxes>()!.All);
        using var val = Open("instances_val.json", classes: ["dog", "cat", "person"]);
        Assert.Equal([0, 2], val.Read(0).Find<Boxes>()!.All.Select(box => box.Label));
        Assert.Contains("the category `dog` (and 1 more) of", Assert.Throws<InvalidDataException>(() =>
            Open("instances_val.json", classes: ["cat"])).Message);
    }

    /// <summary>Python's json writes and reads these.</summary>
    [Fact]
    public void Numbers_that_JSON_lacks_do_no_harm_where_they_are_not_read()
    {
        tree.With("1.jpg");
        tree.Write("a.json", """
            {"images": [{"id": 1, "file_name": "1.jpg", "score": NaN, "range": [-Infinity,Infinity]}],
             "annotations": [{"image_id": 1, "caption": "NaN, \"-Infinity\" \\", "area": NaN}]}
            """);
        using var source = Open("a.json");
        Assert.Equal("NaN, \"-Infinity\" \\", source.Read(0).Caption);
        tree.Write("b.json", Instances.Replace("1.5", "NaN"));
        tree.With("2.jpg");
        Assert.Contains("could not be converted to System.Double. Path: $.annotations[0].bbox[0]",
            Assert.Throws<InvalidDataException>(() => Open("b.json")).Message);
    }

    [Fact]
    public void A_caption_that_is_no_text_is_the_fault_of_its_image()
    {
        tree.With("1.jpg", "2.jpg");
        tree.Write("a.json", """
            {"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2, "file_name": "2.jpg"}],
             "annotations": [{"image_id": 1, "caption": ["a", "b"]}, {"image_id": 2, "caption": null},
              {"image_id": 1, "caption": "c"}]}
            """);
        using var source = Open("a.json");
        Assert.Equal("its caption is no text: write it in quotes", source.Read(0).CaptionFault);
        Assert.Equal((null, null), (source.Read(1).Caption, source.Read(1).CaptionFault));
    }

    [Theory]
    [InlineData("""{"annotations": []}""", "has no `images`, so that it is no file of COCO's annotations")]
    [InlineData("""[1, 2]""", "is no file of COCO's annotations: ")]
    [InlineData("""{"images": [{"id": 1, "file_name": "1.jpg"}]""", "is no file of COCO's annotations: ")]
    [InlineData("""{"images": [{"id": 1, "file_name": "9.jpg"}]}""",
        "name the folder of the images, as in images = \"coco/train2017\"")]
    [InlineData("""{"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2}]}""", "the image 2 has no `file_name`")]
    [InlineData("""{"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2, "file_name": "1.jpg"}]}""",
        "two samples have one key, the image `1.jpg`")]
    [InlineData("""
        {"images": [{"id": 1, "file_name": "1.jpg"}],
         "annotations": [{"image_id": 1, "bbox": [1, 2, 3, 4], "category_id": 4}]}
        """,
        "an object of the image 1 needs a `bbox` of four numbers, and a `category_id` that is among `categories`")]
    public void Mistakes_are_told_with_their_place(string content, string message)
    {
        tree.With("1.jpg");
        tree.Write("a.json", content);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Open("a.json")).Message);
    }
}
