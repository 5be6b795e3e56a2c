using Rils.Tests.Analysis;

namespace Rils.Tests.Cli;

/// <summary><c>rils report</c> of several folders.</summary>
public sealed class ReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-reports-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string this[string name] => Path.Combine(folder, name);

    [Fact]
    public void Several_folders_have_one_page_in_the_file_that_is_named_or_in_the_current_folder()
    {
        var (first, second) = (new FakeRun { Seeds = [0] }.Write(this["first"]),
            new FakeRun { Seeds = [0], Arms = [("rils", 0.9)] }.Write(this["second"]));
        Assert.Equal(this["a.html"],
            Command.Here("report", first, second, "--out", this["a.html"]).Returns(0).Output.Trim());
        var page = File.ReadAllText(this["a.html"]);
        Assert.Contains("rils@first", page);
        Assert.Contains("rils@second", page);
        Assert.Contains("<summary>The resolved experiment of second</summary>", page);
        Assert.False(File.Exists(Path.Combine(first, "report.html")));
        var here = Path.GetFullPath("report.html");
        try
        {
            Assert.Equal(here, Command.Here("report", first, second).Returns(0).Output.Trim());
            Assert.Equal(page, File.ReadAllText(here));
        }
        finally
        {
            File.Delete(here);
        }
    }

    [Fact]
    public void One_folder_has_its_page_in_the_folder()
    {
        var run = new FakeRun { Seeds = [0] }.Write(this["run"]);
        Assert.Equal(Path.Combine(run, "report.html"), Command.Here("report", run).Returns(0).Output.Trim());
        Assert.Contains("<title>fake: report of a run</title>", File.ReadAllText(Path.Combine(run, "report.html")));
    }

    [Fact]
    public void Folders_that_do_not_join_are_refused_as_compare_refuses_them()
    {
        var (first, other) = (new FakeRun { Seeds = [0] }.Write(this["first"]),
            new FakeRun { Seeds = [0], Precision = "fp32" }.Write(this["other"]));
        var refusal = Command.Here("report", first, other, "--out", this["a.html"]).Returns(2).Error;
        Assert.Contains("these runs cannot be compared, since they differ in more than their arms:", refusal);
        Assert.Equal(Command.Here("compare", first, other).Returns(2).Error, refusal);
        Assert.Contains($"{this["none"]} does not exist",
            Command.Here("report", first, this["none"], "--out", this["a.html"]).Returns(2).Error);
        Assert.False(File.Exists(this["a.html"]));
    }
}
