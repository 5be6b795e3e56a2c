using System.Diagnostics;

namespace Rils.Architecture.Tests;

/// <summary>Lines and sentences of all C# files that git tracks keep to the project's style.</summary>
public sealed class WordingTests
{
    /// <summary>The most UTF-16 characters of a line.</summary>
    const int Columns = 120;

    static readonly Lazy<IReadOnlyList<(string Path, string Text)>> files = new(() => [.. Tracked()]);

    [Fact]
    public void No_line_is_wider_than_120_columns() => AssertNone(
        from file in files.Value
        from line in file.Text.Split('\n').Index()
        let width = line.Item.TrimEnd('\r').Length
        where width > Columns
        select $"{file.Path}:{line.Index + 1}: {width} columns; break the line at {Columns}");

    [Fact]
    public void No_sentence_of_a_comment_begins_with_Of_What_One_that_or_Whatever() => AssertNone(
        from file in files.Value
        from mistake in Mistakes(file.Text)
        select $"{file.Path}:{mistake}; begin with who or which thing does what");

    [Theory]
    [InlineData("// Of these.\nclass A;", "1: `Of these.`")]
    [InlineData("class A; // Known. What it is\n// does not matter.", "1: `What it is does not matter.`")]
    [InlineData("class A; /* Known.\nWhatever it is. */", "2: `Whatever it is.`")]
    [InlineData("/// <summary>One that\n/// ends.</summary>\nclass A;", "1: `One that ends.`")]
    [InlineData("/// <remarks>\n/// <para>Fine.</para><para>What.</para></remarks>\nclass A;", "2: `What.`")]
    [InlineData("/// <summary>An <see cref=\"A\"/>. Of it.</summary>\nclass A;", "1: `Of it.`")]
    [InlineData("class A\n{\n    /// <param name=\"b\">Of it.</param>\n    void M(int b) { }\n}", "3: `Of it.`")]
    public void A_sentence_with_such_a_beginning_is_found(string source, string mistake) =>
        Assert.Equal(mistake, Assert.Single(Mistakes(source)));

    [Theory]
    [InlineData("// Offers one\n// Of many.\nclass A;")]
    [InlineData("// One follows, of what. Offers follow.\nclass A;")]
    [InlineData("/// <summary><c>What</c> is it.</summary>\n/// <param name=\"Of\">An x.</param>\nrecord A(int Of);")]
    [InlineData("class A { const string Text = \"// Of these. What.\"; }")]
    public void Another_sentence_is_not_found(string source) => Assert.Empty(Mistakes(source));

    static IEnumerable<string> Mistakes(string source) =>
        from text in CommentText.In(source)
        from found in text.Forbidden()
        select $"{found.Line}: `{found.Sentence}`";

    static void AssertNone(IEnumerable<string> mistakes)
    {
        string[] found = [.. mistakes];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    static IEnumerable<(string Path, string Text)> Tracked()
    {
        var root = ArchitectureTests.Root;
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", root, "ls-files", "-z", "--", "*.cs"])
        {
            RedirectStandardOutput = true,
        })!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.True(paths.Length > 0, $"git lists no C# file in {root}; run the tests in a clone");
        return from path in paths
               let file = Path.Combine(root, path)
               where File.Exists(file)
               select (path, File.ReadAllText(file));
    }
}
