using System.Text;
using System.Text.Json;

namespace Rils.Tests.Cli;

/// <summary><c>--libtorch</c> as a process: a path names another libtorch, while rils' own lies in its
/// folder.</summary>
public sealed class LibtorchTests : IDisposable
{
    static readonly string packaged = Path.Combine(AppContext.BaseDirectory, "libtorch");
    readonly Toy toy = new();

    [SkippableFact]
    public void A_copy_elsewhere_gives_the_same_bytes()
    {
        OnLinux();
        var elsewhere = Folder("torch");
        Command.Process("run", toy.Experiment, "--out", toy["own"]).Returns(0);
        Command.Process("run", toy.Experiment, "--out", toy["other"], "--libtorch", elsewhere).Returns(0);
        foreach (var file in (string[])["seed-0/outcome.json",
            "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", "seed-0/clip/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(toy["own"], file)),
                File.ReadAllBytes(Path.Combine(toy["other"], file)));
        Assert.Equal("2.10.0", Libtorch("own"));
        Assert.Equal($"2.10.0 from {elsewhere}", Libtorch("other"));
    }

    [SkippableFact]
    public void The_environment_names_one_for_every_command()
    {
        OnLinux();
        var outcome = Command.Shell($"export RILS_LIBTORCH={toy["nowhere"]}", "check", toy.Experiment).Returns(2);
        Assert.StartsWith($"error: the folder of libtorch does not exist\n  where: {toy["nowhere"]}\n", outcome.Error);
    }

    [SkippableFact]
    public void An_empty_folder_is_refused()
    {
        OnLinux();
        var empty = Directory.CreateDirectory(toy["empty"]).FullName;
        Assert.StartsWith("error: the folder of libtorch lacks libtorch_global_deps.so, "
            + "libc10.so, libtorch_cpu.so, libtorch.so\n", Refused(empty));
    }

    [SkippableFact]
    public void What_the_systems_loader_says_is_passed_on()
    {
        OnLinux();
        var partly = Folder("partly");
        foreach (var library in Directory.GetFiles(partly, "libgomp*")) File.Delete(library);
        Assert.Matches("^error: libtorch_global_deps.so cannot be loaded: libgomp[^ ]*: cannot open shared object file",
            Refused(partly));
    }

    /// <summary>A function of libc10 has another name, as in another version. A late look-up would end the process with
    /// exit code 127 in the middle of a run.</summary>
    [SkippableFact]
    public void A_function_that_is_missing_is_found_before_anything_runs()
    {
        OnLinux();
        var other = Folder("other-version");
        var library = Path.Combine(other, "libc10.so");
        var image = File.ReadAllBytes(library);
        File.Delete(library);
        var name = "_ZN3c106detail14torchCheckFail"u8;
        for (int at = 0, next; (next = image.AsSpan(at).IndexOf(name)) >= 0; at += next + name.Length)
            image[at + next + name.Length - 1] = (byte)'X';
        File.WriteAllBytes(library, image);
        Assert.Matches("^error: lib[^ ]* cannot be loaded: .*undefined symbol: _ZN3c106detail", Refused(other));
    }

    /// <summary>The libraries are those of 2.10 and only give another number, so that the number alone
    /// decides.</summary>
    [SkippableFact]
    public void Versions_that_rils_was_run_with_are_taken_and_others_only_where_somebody_says_so()
    {
        OnLinux();
        var other = Folder("other-number");
        var library = Path.Combine(other, "libtorch_cpu.so");
        var (image, at) = Number(library);

        Tell(2, 11);
        Assert.Equal("", Command.Process("check", toy.Experiment, "--libtorch", other).Returns(0).Error);
        Command.Process("run", toy.Experiment, "--set", "steps=3", "--out", toy["run"], "--libtorch", other).Returns(0);
        Assert.Equal($"2.11.0 from {other}", Libtorch("run"));

        foreach (var (minor, said) in ((byte, string)[])[(9, "2.9.0"), (12, "2.12.0")])
        {
            Tell(2, minor);
            const string Fix = "give the torch/lib folder of a PyTorch 2.10 or 2.11; "
                + "or try this one anyway, by RILS_LIBTORCH_UNTESTED=1 in the environment";
            Assert.Equal($"""
                error: libtorch is {said} there, and rils was run with 2.10 or 2.11 only
                  where: {other}
                  fix:   {Fix}

                """, Command.Process("plan", toy.Experiment, "--libtorch", other).Returns(2).Error);
        }
        Command.Shell("export RILS_LIBTORCH_UNTESTED=yes", "plan", toy.Experiment, "--libtorch", other).Returns(2);
        Assert.Equal("warning: libtorch is 2.12.0, and rils was run with 2.10 or 2.11 only: "
            + "numbers may be wrong, and the process may end without a word\n",
            Command.Shell("export RILS_LIBTORCH_UNTESTED=1", "plan", toy.Experiment, "--libtorch", other)
                .Returns(0).Error);

        void Tell(byte major, byte minor)
        {
            (image[at + 7], image[at + 6]) = (major, minor);
            File.WriteAllBytes(library, image);
        }
    }

    /// <summary>A libtorch without <c>aoti_torch_abi_version</c> is older than 2.10.</summary>
    [SkippableFact]
    public void A_version_that_has_no_number_is_refused()
    {
        OnLinux();
        var stub = Folder("stub");
        // Any whole library without that function serves.
        File.Delete(Path.Combine(stub, "libtorch_cpu.so"));
        File.Copy(Path.Combine(stub, "libtorch.so"), Path.Combine(stub, "libtorch_cpu.so"));
        Assert.StartsWith("error: libtorch is older than 2.10 there, and rils was run with 2.10 or 2.11 only\n",
            Command.Process("check", toy.Experiment, "--libtorch", stub).Returns(2).Error);
    }

    public void Dispose() => toy.Dispose();

    /// <summary>The bytes of a library, and the place of the version in them: <c>aoti_torch_abi_version</c> loads the
    /// number into a register and returns.</summary>
    static (byte[] Image, int At) Number(string library)
    {
        var image = File.ReadAllBytes(library);
        ReadOnlySpan<byte> code = [0x48, 0xB8, 0, 0, 0, 0, 0, 0, 10, 2, 0xC3];
        var at = image.AsSpan().IndexOf(code);
        Assert.True(at > 0 && image.AsSpan(at + 1).IndexOf(code) < 0, "this libtorch gives its number in another way");
        return (image, at + 2);
    }

    static void OnLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "libtorch is chosen on Linux only");

    string Refused(string folder)
    {
        var outcome = Command.Process("bench", toy.Experiment, "--libtorch", folder).Returns(2);
        Assert.Contains($"\n  where: {folder}\n  fix:   give the torch/lib folder of a PyTorch 2.10 or 2.11",
            outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        return outcome.Error;
    }

    /// <summary>Copies the packaged libraries into a folder. Links would be the same files to the system's loader, and
    /// a second libtorch would go unseen.</summary>
    string Folder(string name)
    {
        var folder = Directory.CreateDirectory(toy[name]).FullName;
        foreach (var file in (string[])["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so",
            "libtorch.so", .. Directory.GetFiles(packaged, "libgomp*").Select(path => Path.GetFileName(path))])
            File.Copy(Path.Combine(packaged, file), Path.Combine(folder, file));
        return folder;
    }

    string Libtorch(string run)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(toy[run], "manifest.json"),
            Encoding.UTF8));
        return manifest.RootElement.GetProperty("libraries").GetProperty("libtorch").GetString()!;
    }
}
