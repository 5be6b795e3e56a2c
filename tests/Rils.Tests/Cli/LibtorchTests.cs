using System.Text;
using System.Text.Json;

namespace Rils.Tests.Cli;

/// <summary><c>--libtorch</c> as a process: another libtorch by its path, while rils' own lies in its folder.</summary>
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
        foreach (var file in (string[])["results.json", "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", "seed-0/clip/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(toy["own"], file)), File.ReadAllBytes(Path.Combine(toy["other"], file)));
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
        Assert.StartsWith("error: the folder of libtorch lacks libtorch_global_deps.so, libc10.so, libtorch_cpu.so, libtorch.so\n", Refused(empty));
    }

    [SkippableFact]
    public void What_the_systems_loader_says_is_passed_on()
    {
        OnLinux();
        var partly = Folder("partly");
        foreach (var library in Directory.GetFiles(partly, "libgomp*")) File.Delete(library);
        Assert.Matches("^error: libtorch_global_deps.so cannot be loaded: libgomp[^ ]*: cannot open shared object file", Refused(partly));
    }

    /// <summary>With a function renamed in libc10, as another version has it. Resolved late it would end the process with exit code 127 in the midst of a run.</summary>
    [SkippableFact]
    public void A_function_that_is_missing_is_found_before_anything_runs()
    {
        OnLinux();
        var other = Folder("other-version");
        var library = Path.Combine(other, "libc10.so");
        var image = File.ReadAllBytes(library);
        File.Delete(library);
        var name = "_ZN3c106detail14torchCheckFail"u8;
        for (int at = 0, next; (next = image.AsSpan(at).IndexOf(name)) >= 0; at += next + name.Length) image[at + next + name.Length - 1] = (byte)'X';
        File.WriteAllBytes(library, image);
        Assert.Matches("^error: lib[^ ]* cannot be loaded: .*undefined symbol: _ZN3c106detail", Refused(other));
    }

    public void Dispose() => toy.Dispose();

    static void OnLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "libtorch is chosen on Linux only");

    string Refused(string folder)
    {
        var outcome = Command.Process("bench", toy.Experiment, "--libtorch", folder).Returns(2);
        Assert.Contains($"\n  where: {folder}\n  fix:   give the torch/lib folder of a PyTorch 2.10", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        return outcome.Error;
    }

    /// <summary>Copies of the packaged libraries: links would be the same files to the system's loader, and a second libtorch would go unseen.</summary>
    string Folder(string name)
    {
        var folder = Directory.CreateDirectory(toy[name]).FullName;
        foreach (var file in (string[])["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libtorch.so", .. Directory.GetFiles(packaged, "libgomp*").Select(path => Path.GetFileName(path))])
            File.Copy(Path.Combine(packaged, file), Path.Combine(folder, file));
        return folder;
    }

    string Libtorch(string run)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(toy[run], "manifest.json"), Encoding.UTF8));
        return manifest.RootElement.GetProperty("libraries").GetProperty("libtorch").GetString()!;
    }
}
