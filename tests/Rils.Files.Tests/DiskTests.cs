using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Rils.Files;
using Rils.Tests.Plugins;

namespace Rils.Tests.Engine.Files;

/// <summary>The operating system's errors about files on their way to the disk reach the caller.</summary>
public sealed class DiskTests : IDisposable
{
    // Error numbers of Linux.
    const int Interrupted = 4, InputOutput = 5, Invalid = 22, NoSpace = 28, ReadOnly = 30, NotSupported = 95,
        Quota = 122;
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(InputOutput, "Input/output error")]
    [InlineData(NoSpace, "No space left on device")]
    [InlineData(Quota, "Disk quota exceeded")]
    public void A_failure_is_told_by_the_files_name_and_is_not_tried_again(int error, string words)
    {
        var calls = 0;
        var failure = Assert.Throws<DiskException>(() => Disk.Flush("/runs/a/results.json", () =>
        {
            calls++;
            return error;
        }));
        Assert.StartsWith($"/runs/a/results.json could not be brought to the disk ({words}): ", failure.Message);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(Invalid)]
    [InlineData(ReadOnly)]
    [InlineData(NotSupported)]
    public void A_file_system_that_has_no_such_thing_is_no_failure(int error) => Disk.Flush("/runs/a", () => error);

    [Fact]
    public void An_interrupted_flush_is_made_again()
    {
        Queue<int> answers = new([Interrupted, Interrupted, 0]);
        Disk.Flush("/runs/a", answers.Dequeue);
        Assert.Empty(answers);
        answers = new([Interrupted, InputOutput]);
        Assert.Throws<DiskException>(() => Disk.Flush("/runs/a", answers.Dequeue));
    }

    /// <summary>The answers come from the operating system itself: a pipe cannot be flushed, which is no failure, and a
    /// folder that is gone is unknown, which is one.</summary>
    [Fact]
    public void The_systems_own_answers_are_told_apart()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        Disk.Flush(new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false), "a pipe");
        Disk.FlushFolder(folder.Path);
        Assert.StartsWith($"{folder.File("gone")} could not be brought to the disk (No such file or directory)",
            Assert.Throws<DiskException>(() => Disk.FlushFolder(folder.File("gone"))).Message);
    }

    [Fact]
    public void A_failure_to_close_is_told()
    {
        using var never = new SafeFileHandle(1 << 20, ownsHandle: true);
        Assert.StartsWith("/runs/a could not be brought to the disk (Bad file descriptor)",
            Assert.Throws<DiskException>(() => Disk.Close(never, "/runs/a")).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_written_to_its_end_leaves_the_one_before()
    {
        var file = folder.File("results.json");
        DurableFile.WriteText(file, "before");
        Assert.Throws<IOException>(() => DurableFile.Write(file, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("full");
        }));
        Assert.Equal("before", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
        DurableFile.WriteText(file, "after");
        Assert.Equal("after", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_is_made_in_one_that_is_there()
    {
        Assert.Contains($"{folder.File("gone")} is gone",
            Assert.Throws<DirectoryNotFoundException>(() =>
            DurableFile.MakeFolder(Path.Combine(folder.File("gone"), "seed-0"))).Message);
        Assert.False(Directory.Exists(folder.File("gone")));
        Assert.True(Directory.Exists(DurableFile.MakeFolders(Path.Combine(folder.File("a"), "b", "c"))));
    }

    [Fact]
    public void Only_what_a_killed_process_of_ours_left_is_removed()
    {
        string[] left = ["results.json.4711.tmp", "seed-0/rils/model.safetensors.1.tmp"];
        string[] others = ["notes.tmp", "results.json", "a.0x1.tmp", "a.07.tmp", "a.12.tmp.txt", ".12.tmp"];
        foreach (var name in left.Concat(others))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllText(folder.File(name), "");
        }
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(elsewhere.File("kept.json.5.tmp"), "");
        Directory.CreateSymbolicLink(folder.File("seed-0/linked"), elsewhere.Path);
        Leftovers.Remove(folder.Path, isDeep: false);
        Assert.Equal([false, true], left.Select(name => File.Exists(folder.File(name))));
        Leftovers.Remove(folder.Path, isDeep: true);
        Assert.DoesNotContain(left, name => File.Exists(folder.File(name)));
        Assert.All(others, name => Assert.True(File.Exists(folder.File(name)), name));
        Assert.True(File.Exists(elsewhere.File("kept.json.5.tmp")));
    }
}
