using Rils.Engine.Native;

namespace Rils.Tests.Engine.Native;

/// <summary>What is told of a folder before anything is loaded from it.</summary>
public sealed class LibtorchFolderTests : IDisposable
{
    static readonly string packaged = Path.Combine(AppContext.BaseDirectory, "libtorch");
    readonly string folder = Directory.CreateTempSubdirectory("rils-libtorch-").FullName;

    [Fact]
    public void Libraries_come_in_the_order_of_loading_and_those_of_cuda_only_where_they_are()
    {
        Link("libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libtorch.so", "libgomp-98b21ff3.so.1");
        Assert.Equal(["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libtorch.so"], Names());
        foreach (var name in (string[])["libtorch_cuda.so", "libc10_cuda.so"])
            File.Copy(Path.Combine(packaged, "libc10.so"), Path.Combine(folder, name));
        Assert.Equal(["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so",
            "libtorch.so"], Names());
    }

    [Fact]
    public void What_is_missing_is_named_with_the_place_and_the_remedy()
    {
        Link("libtorch_global_deps.so", "libc10.so", "libtorch.so");
        var message = Refusal(folder);
        Assert.StartsWith($"the folder of libtorch lacks libtorch_cpu.so\n  where: {folder}\n"
            + "  fix:   give the torch/lib folder of a PyTorch 2.10 or 2.11", message);
        Assert.StartsWith("the folder of libtorch does not exist\n", Refusal(Path.Combine(folder, "none")));
        Assert.StartsWith("the folder of libtorch is a file\n", Refusal(Path.Combine(folder, "libc10.so")));
    }

    /// <summary>To load a library that was copied in part ends the process by SIGBUS.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(4096)]
    [InlineData(-1)]
    public void A_library_that_is_cut_off_is_found_by_its_header(int length)
    {
        Link("libtorch_global_deps.so", "libtorch_cpu.so", "libtorch.so");
        var image = File.ReadAllBytes(Path.Combine(packaged, "libc10.so"));
        var cut = Path.Combine(folder, "libc10.so");
        File.WriteAllBytes(cut, length < 0 ? image[..^1] : image[..length]);
        Assert.StartsWith($"libc10.so is no shared library, or it is cut off\n  where: {cut}\n", Refusal(folder));
        File.WriteAllBytes(cut, image);
        Assert.Equal(4, Names().Length);
    }

    [Fact]
    public void A_build_has_its_native_libraries_by_platform_and_a_publish_beside_the_application()
    {
        var ofPlatform = Path.Combine(folder, "runtimes", "linux-x64", "native");
        Assert.Equal(ofPlatform, LibtorchFolder.NativesOf(folder));
        File.WriteAllText(Path.Combine(folder, "libLibTorchSharp.so"), "");
        Assert.Equal(folder, LibtorchFolder.NativesOf(folder));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(ofPlatform).FullName, "libLibTorchSharp.so"), "");
        Assert.Equal(ofPlatform, LibtorchFolder.NativesOf(folder));
    }

    [Fact]
    public void A_later_call_still_looks_at_the_folder() =>
        Assert.Throws<LibtorchException>(() => NativeTorch.Load(folder));

    [Fact]
    public void What_is_loaded_tells_its_own_version() => Assert.Equal("2.10.0", NativeTorch.Version);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string[] Names() => [.. LibtorchFolder.Of(folder).Libraries().Select(path => Path.GetFileName(path))];

    static string Refusal(string path) =>
        Assert.Throws<LibtorchException>(() => LibtorchFolder.Of(path).Libraries()).Message;

    void Link(params string[] names)
    {
        foreach (var name in names) File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(packaged, name));
    }
}
