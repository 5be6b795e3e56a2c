using McMaster.NETCore.Plugins;
using Rils.Contract;
using Rils.Imaging;
using Rils.Scheduling;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Imaging;

public sealed class PluginFolderTests
{
    static readonly string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    static string Folder { get; } = Path.Combine(
        Repository.Root, "artifacts", "plugins", configuration, "Rils.Imaging");

    static PluginLoader Loader() => PluginLoader.CreateFromAssemblyFile(
        Path.Combine(Folder, "Rils.Imaging.dll"), [typeof(IPlugin), typeof(Rils.Scheduling.Stage)]);

    [Fact]
    public void The_plugin_finds_its_own_libvips_when_loaded_from_its_folder()
    {
        using var loader = Loader();
        var assembly = loader.LoadDefaultAssembly();
        var options = Activator.CreateInstance(assembly.GetType(typeof(RandomResizedCropOptions).FullName!)!)!;
        var augmentation = (IAugmentation)Activator.CreateInstance(
            assembly.GetType(typeof(RandomResizedCrop).FullName!)!, options, 24)!;
        Assert.NotEqual(typeof(RandomResizedCrop), augmentation.GetType());

        var (isolated, ours) = (new byte[3 * 24 * 24], new byte[3 * 24 * 24]);
        var jpeg = Picture.Jpeg(Picture.Waves(120, 100), 120, 100);
        augmentation.Train(jpeg, RandomStream.Root(4), isolated);
        new RandomResizedCrop(new(), 24).Train(jpeg, RandomStream.Root(4), ours);
        Assert.Equal(ours, isolated);
    }

    [Fact]
    public void A_plugin_that_was_loaded_from_its_folder_gets_more_copies_of_libvips()
    {
        using var loader = Loader();
        var assembly = loader.LoadDefaultAssembly();
        var type = assembly.GetType(typeof(LibvipsCopy).FullName!)!;
        var original = type.GetProperty(nameof(LibvipsCopy.Original))!.GetValue(null)!;
        Assert.StartsWith(Folder, (string)original);
        var copy = type.GetMethod(nameof(LibvipsCopy.Load), [typeof(string)])!.Invoke(null, [original])!;
        var options = Activator.CreateInstance(assembly.GetType(typeof(RandomResizedCropOptions).FullName!)!)!;
        var crop = (IAugmentation)type.GetMethod(nameof(LibvipsCopy.Make))!.Invoke(
            copy, [assembly.GetType(typeof(RandomResizedCrop).FullName!), options, 24])!;

        var (copied, ours) = (new byte[3 * 24 * 24], new byte[3 * 24 * 24]);
        var jpeg = Picture.Jpeg(Picture.Waves(120, 100), 120, 100);
        crop.Train(jpeg, RandomStream.Root(4), copied);
        new RandomResizedCrop(new(), 24).Train(jpeg, RandomStream.Root(4), ours);
        Assert.Equal(ours, copied);
    }

    [Fact]
    public void The_folder_holds_neither_the_contract_nor_TorchSharp()
    {
        string?[] files =
            [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName)];
        Assert.Contains("libvips.so.42", files);
        Assert.DoesNotContain("TorchSharp.dll", files);
        Assert.DoesNotContain("Rils.Contract.dll", files);
    }
}
