using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>A run that cannot bring its files to the disk names them, and goes on from its last checkpoint to the bytes
/// of an undisturbed run.</summary>
public sealed class FailingDiskTests(WholeRun whole) : IClassFixture<WholeRun>
{
    [SkippableFact]
    public void Every_flush_fails()
    {
        Skip.IfNot(Strace.IsHere, Strace.Absent);
        var folder = whole.New();
        var outcome = Strace.Inject("fsync,fdatasync", "error=EIO", "run", whole.Experiment, "--out", folder)
            .Returns(1);
        Assert.StartsWith($"error: {Path.GetDirectoryName(folder)} "
            + "could not be brought to the disk (Input/output error): see that the disk is sound", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
    }

    /// <summary>The numbers of the flushes that fail. The main thread makes 38: of experiment, manifest, metrics,
    /// checkpoint, pictures, samples, outcome and results. The arms' thread makes 8, of weights.</summary>
    public static TheoryData<int> Flushes => [.. Strace.Moments(38, 9, 36)];

    [SkippableTheory]
    [MemberData(nameof(Flushes))]
    public void One_flush_fails(int number)
    {
        Skip.IfNot(Strace.IsHere, Strace.Absent);
        var folder = whole.New();
        var outcome = Strace.Inject("fsync,fdatasync", $"error=EIO:when={number}", "run", whole.Experiment, "--out",
            folder).Returns(1);
        Assert.Matches($"^error: {Path.GetDirectoryName(folder)}[^ ]* "
            + @"could not be brought to the disk \(Input/output error\)", outcome.Error);
        whole.AssertGoesOn(folder);
    }

    /// <summary>A full disk cuts a file, and the system reports that only at the flush. The run keeps all that was
    /// written before.</summary>
    [SkippableFact]
    public void A_disk_that_is_full_when_it_is_flushed_is_named()
    {
        Skip.IfNot(Strace.IsHere, Strace.Absent);
        var folder = whole.New();
        var outcome = Strace.Inject("fsync", "error=ENOSPC:when=14", "run", whole.Experiment, "--out", folder)
            .Returns(1);
        Assert.Matches(@"could not be brought to the disk \(No space left on device\): "
            + @"see that the disk is sound, and that it and your quota have room\nmake room there", outcome.Error);
        Assert.Contains($"go on by: rils run --resume {folder}\n", outcome.Error);
        whole.AssertGoesOn(folder);
    }

    /// <summary>Some file systems cannot flush a folder and answer EINVAL.</summary>
    [SkippableFact]
    public void A_file_system_that_cannot_flush_is_good_enough()
    {
        Skip.IfNot(Strace.IsHere, Strace.Absent);
        var folder = whole.New();
        Strace.Inject("fsync", "error=EINVAL", "run", whole.Experiment, "--out", folder).Returns(0);
        whole.AssertIsWhole(folder);
    }
}
