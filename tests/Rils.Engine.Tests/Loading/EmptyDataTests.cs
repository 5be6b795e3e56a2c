using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>Data without a component that arms or heads read: told when the experiment is loaded.</summary>
public sealed class EmptyDataTests : IDisposable
{
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Data_without_captions_names_the_arms_that_read_them_and_the_key_of_their_table()
    {
        Images("cat/{0}.jpg", 40);
        var mistake = Assert.Single(Mistakes(TinyExperiment.Rils + "\n" + TinyExperiment.Clip, Folder));
        Assert.Contains("none of 32 samples, evenly spread over the data, has a caption (`cat/0` has the image "
            + "`cat/0.jpg`), and arms clip, rils read it: name its place in [data] by `captions` or `caption_column`, "
            + "as kind = \"folder\" takes it, or drop what reads it (an arm with [target] kind = \"pixel\" and "
            + "without [[objective]] learns from images alone)", mistake);
        Assert.Matches(@"^\S+\.toml:\d+:\d+: ", mistake);
    }

    [Fact]
    public void Arms_that_learn_from_images_alone_need_no_captions_and_are_not_named()
    {
        Images("cat/{0}.jpg", 12);
        Assert.Empty(Mistakes(TinyExperiment.Mae, Folder));
        Assert.Contains("no sample has a caption (`cat/0` has the image `cat/0.jpg`), and arm clip reads it: ",
            Assert.Single(Mistakes(TinyExperiment.Mae + "\n" + TinyExperiment.Clip, Folder)));
    }

    [Fact]
    public void One_caption_among_the_samples_is_enough_to_begin()
    {
        Images("cat/{0}.jpg", 12);
        File.WriteAllText(tiny["images/cat/7.txt"], "a cat");
        Assert.Empty(Mistakes(TinyExperiment.Clip, Folder));
    }

    [Fact]
    public void A_zero_shot_head_says_that_its_data_has_no_class()
    {
        Images("{0}.jpg", 12);
        var head = $"{TinyExperiment.Mae}\n[[head]]\nkind = \"zero-shot\"\ndata = \"{tiny["images"]}\"\n";
        Assert.Contains("this data has no class: name the column of classes by `label_column`",
            Assert.Single(Mistakes(head, Folder)));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(1_000_000, 32)]
    public void A_look_reads_few_samples_whatever_the_data_has(int count, int looks)
    {
        var source = new Blank(count);
        Assert.Equal(looks, SampleLook.ForLack(source, typeof(Captions))!.Samples);
        Assert.Equal(looks, source.Read.Distinct().Count());
        Assert.InRange(source.Read.Max(), count * 9L / 10 - 1, count - 1);
    }

    [Fact]
    public void A_component_that_cannot_be_used_is_there_and_samples_that_cannot_be_read_tell_nothing()
    {
        Assert.Null(SampleLook.ForLack(new Blank(5), typeof(Label)));
        Assert.Null(SampleLook.ForLack(new Blank(0), typeof(Captions)));
        Assert.Equal(4, SampleLook.ForLack(new Blank(5) { Broken = 0 }, typeof(Captions))!.Samples);
        Assert.Null(SampleLook.ForLack(new Blank(1) { Broken = 0 }, typeof(Captions)));
    }

    string[] Folder => ["data.kind=folder", $"data.train={tiny["images"]}"];

    void Images(string name, int count)
    {
        foreach (var number in Enumerable.Range(0, count))
        {
            var file = tiny["images/" + string.Format(name, number)];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, [0xFF, 0xD8, 0xFF, (byte)number]);
        }
    }

    IReadOnlyList<string> Mistakes(string arms, params string[] sets)
    {
        try
        {
            new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance).Load(tiny.Write(arms), sets)
                .Dispose();
            return [];
        }
        catch (ExperimentException refused)
        {
            return [.. refused.Problems.Select(problem => problem.ToString())];
        }
    }

    /// <summary>Samples whose class cannot be used, and which have nothing else.</summary>
    sealed class Blank(int count) : ISource
    {
        public List<int> Read { get; } = [];

        public int? Broken { get; init; }

        public int Count => count;

        public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label)];

        Sample ISource.Read(int index, IReadOnlySet<Type> wanted)
        {
            Read.Add(index);
            return index == Broken ? throw new InvalidDataException("torn")
                : new Sample($"{index}", default).WithFault<Label>("its class is none");
        }

        public void Dispose()
        {
        }
    }
}
