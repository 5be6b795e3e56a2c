using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Imaging;
using Rils.Tests.Engine.Plugins;
using Rils.Tests.Plugins.WebDataset;
using Rils.WebDataset;
using TemporaryFolder = Rils.Tests.Plugins.TemporaryFolder;
using Picture = Rils.Tests.Plugins.Imaging.Picture;

namespace Rils.Tests.Mutated;

/// <summary>Each reader gets hundreds of damaged files. A reader either works, or says what is wrong and where; no
/// other exception leaves it.</summary>
/// <remarks>TOML files, 900 of them, are in <c>MutationTests</c> of the configuration.</remarks>
public sealed class MutatedFileTests : IDisposable
{
    static readonly byte[] jpeg = Picture.Jpeg(Picture.Waves(50, 40), 50, 40),
        png = Picture.Png(Picture.Waves(31, 33), 31, 33);
    readonly TemporaryFolder folder = new();
    readonly RandomResizedCrop crop = new(new(), 32);
    int worked, refused;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.Ustar, 1)]
    [InlineData(TarEntryFormat.Pax, 2)]
    [InlineData(TarEntryFormat.Gnu, 3)]
    public void Shards(TarEntryFormat format, int seed)
    {
        var path = folder.File("a.tar");
        WriteShard(path, format);
        var (sound, random) = (File.ReadAllBytes(path), new Random(seed));
        for (var i = 0; i < 100; i++)
        {
            File.WriteAllBytes(path, Damage.Of(sound, random));
            Try<InvalidDataException>(path, () => ReadAll(path));
        }
        AssertBoth();
    }

    [Fact]
    public void Indices()
    {
        var path = folder.File("a.tar");
        WriteShard(path, TarEntryFormat.Ustar);
        ReadAll(path);
        var cache = Directory.GetFiles(folder.File("cache")).Single();
        var (sound, random) = (File.ReadAllBytes(cache), new Random(4));
        for (var i = 0; i < 100; i++)
        {
            var spoilt = Damage.Of(i % 2 == 0 ? sound : sound[32..], random);
            // Every second file gets the right checksum, so that the parser itself sees the damage.
            File.WriteAllBytes(cache, i % 2 == 0 ? spoilt : [.. SHA256.HashData(spoilt), .. spoilt]);
            ReadAll(path);
            worked++;
        }
    }

    [Theory]
    [InlineData("jpeg", 5)]
    [InlineData("png", 6)]
    public void Images(string format, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 250; i++)
        {
            var spoilt = Damage.Of(format == "jpeg" ? jpeg : png, random);
            Try<SampleException>("", () => crop.Train(spoilt, RandomStream.Root(i), new byte[3 * 32 * 32]));
            Try<SampleException>("", () => crop.Evaluate(spoilt, new byte[3 * 32 * 32]));
        }
        AssertBoth();
    }

    [Fact]
    public void SafetensorsFiles()
    {
        var path = folder.File("a.safetensors");
        using var scope = TorchSharp.torch.NewDisposeScope();
        SafeTensors.Write(path, new Dictionary<string, TorchSharp.torch.Tensor>
        {
            ["weight"] = TorchSharp.torch.ones(4, 6), ["bias"] = TorchSharp.torch.zeros(6),
            ["empty"] = TorchSharp.torch.zeros(0, 3), ["step"] = TorchSharp.torch.tensor(3L),
        });
        var (sound, random) = (File.ReadAllBytes(path), new Random(7));
        for (var i = 0; i < 200; i++)
        {
            File.WriteAllBytes(path, Damage.Of(sound, random));
            Try<InvalidDataException>(path, () => SafeTensors.Read(path));
        }
        AssertBoth();
    }

    /// <summary>The test inspects damaged assemblies and does not run them: no message can cover what damaged code
    /// does.</summary>
    [Theory]
    [InlineData("Fixture.Good.dll", 80)]
    [InlineData("Fixture.Good.deps.json", 40)]
    public void Plugins(string file, int count)
    {
        var random = new Random(8);
        var sound = File.ReadAllBytes(Path.Combine(FixturePlugins.Of("Fixture.Good"), file));
        for (var i = 0; i < count; i++)
        {
            var copy = FixturePlugins.CopyTo(folder.File($"{i}/Fixture.Good"), "Fixture.Good");
            File.WriteAllBytes(Path.Combine(copy, file), Damage.Of(sound, random));
            if (file.EndsWith(".dll")) Try<PluginException>(copy, () => Inspect(copy));
            else Try<PluginException>(copy, () => PluginLoader.Load([copy]));
        }
        AssertBoth();
    }

    static void Inspect(string path)
    {
        var problems = new PluginProblems();
        foreach (var plugin in PluginFolders.Find([path], problems)) PluginInspection.Inspect(plugin, problems);
        problems.ThrowIfAny();
    }

    static void WriteShard(string path, TarEntryFormat format) =>
        Shard.Write(path, format, Enumerable.Range(0, 4).SelectMany(i => ((string, byte[])[])
        [
            ($"{(i == 2 ? new string('d', 90) + "/" : "")}{i}.jpg", jpeg),
            ($"{i}.txt", Encoding.UTF8.GetBytes($"caption {i}")),
            ($"{i}.cls", [(byte)'1']),
            ($"{i}.json", "{}"u8.ToArray()),
        ]));

    /// <summary>Decodes every sample; a sample that cannot be decoded must come with a message.</summary>
    void ReadAll(string path)
    {
        using var source = new WebDatasetSource(new([path], folder.File("cache")));
        for (var i = 0; i < source.Count; i++)
        {
            try
            {
                crop.Evaluate(source.Read(i).Image, new byte[3 * 32 * 32]);
            }
            catch (SampleException bad)
            {
                Assert.False(string.IsNullOrWhiteSpace(bad.Message));
            }
        }
    }

    void Try<TRefusal>(string place, Action read) where TRefusal : Exception
    {
        try
        {
            read();
            worked++;
        }
        catch (TRefusal refusal)
        {
            Assert.Contains(place, refusal.Message);
            Assert.True(refusal.Message.Length > place.Length + 5);
            refused++;
        }
    }

    /// <summary>Fails if the damage tested one side only.</summary>
    void AssertBoth() => Assert.True(worked > 0 && refused > 0, $"{worked} worked, {refused} were refused");
}
