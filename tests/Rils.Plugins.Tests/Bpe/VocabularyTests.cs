using System.IO.Compression;
using System.Text;
using Rils.Bpe;

namespace Rils.Tests.Plugins.Bpe;

public sealed class VocabularyTests
{
    [Fact]
    public void A_missing_file_is_named_with_what_would_do()
    {
        var problem = Assert.Throws<FileNotFoundException>(() => Vocabulary.Read("/nowhere/merges.txt"));
        Assert.Contains("/nowhere/merges.txt", problem.Message);
        Assert.Contains("merges file", problem.Message);
    }

    [Theory]
    [InlineData("", "#version")]
    [InlineData("a b\nab c\n", "#version")]
    [InlineData("#version: 0.2\na b\nab\n", "merge 2 is `ab`")]
    [InlineData("#version: 0.2\na b\nabc d\n", "nothing before it makes `abc`")]
    [InlineData("#version: 0.2\na b\n日 a\n", "nothing before it makes `日`")]
    public void A_corrupt_file_is_refused_with_the_reason(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("merges.txt"), content);
        var problem = Assert.Throws<InvalidDataException>(() => Vocabulary.Read(folder.File("merges.txt")));
        Assert.Contains(reason, problem.Message);
        Assert.Contains("merges.txt", problem.Message);
    }

    [Fact]
    public void Too_few_merges_for_CLIP_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("merges.txt"), "#version: 0.2\na b\n");
        Assert.Contains("kind = \"bpe\"",
            Assert.Throws<InvalidDataException>(() => Vocabulary.Read(folder.File("merges.txt"), 48894)).Message);
    }

    [Fact]
    public void Plain_and_gzipped_files_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var text = "\"bpe.txt#version: 0.2\nt h\nth e</w>\na b\n";
        File.WriteAllText(folder.File("plain"), text);
        using (var zip = new GZipStream(File.Create(folder.File("zipped")), CompressionLevel.Optimal))
            zip.Write(Encoding.UTF8.GetBytes(text));
        var plain = Vocabulary.Read(folder.File("plain"), 2);
        Assert.Equal(plain.Merges, Vocabulary.Read(folder.File("zipped"), 2).Merges);
        Assert.Equal([new("t", "h"), new("th", "e</w>")], plain.Merges);
        Assert.Equal(516, plain.Size);
    }

    [Fact]
    public void A_cut_gzip_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var zip = new GZipStream(File.Create(folder.File("zipped")), CompressionLevel.Optimal))
            zip.Write(Encoding.UTF8.GetBytes("#version\n" + string.Concat(Enumerable.Range(0, 5000)
                .Select(i => $"{(char)('a' + i % 26)} {(char)('a' + i / 7 % 26)}\n"))));
        File.WriteAllBytes(folder.File("zipped"), File.ReadAllBytes(folder.File("zipped"))[..60]);
        Assert.Contains("zipped",
            Assert.Throws<InvalidDataException>(() => Vocabulary.Read(folder.File("zipped"))).Message);
    }

    [Fact]
    public void What_is_no_text_is_refused_with_its_place_and_a_mark_is_no_harm()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("merges.txt"), [.. "#version: 0.2\na "u8, 0xE9, (byte)'\n']);
        Assert.Contains("it is not valid UTF-8: byte 0xE9 at offset 16, in line 2",
            Assert.Throws<InvalidDataException>(() => Vocabulary.Read(folder.File("merges.txt"))).Message);
        File.WriteAllText(folder.File("merges.txt"), "version https://git-lfs.github.com/spec/v1\n");
        Assert.Contains("it is a Git LFS pointer",
            Assert.Throws<InvalidDataException>(() => Vocabulary.Read(folder.File("merges.txt"))).Message);
        File.WriteAllText(folder.File("merges.txt"), "#version: 0.2\na b\n",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Single(Vocabulary.Read(folder.File("merges.txt")).Merges);
    }
}
