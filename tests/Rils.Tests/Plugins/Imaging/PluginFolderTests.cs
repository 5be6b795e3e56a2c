using McMaster.NETCore.Plugins;
using Rils.Abstractions;
using Rils.Imaging;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Imaging;

public sealed class PluginFolderTests
{
    [Fact]
    public void The_plugin_finds_its_own_libvips_when_loaded_from_its_folder()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var file = Path.Combine(Repository.Root, "artifacts", "plugins", configuration, "Rils.Imaging", "Rils.Imaging.dll");
        using var loader = PluginLoader.CreateFromAssemblyFile(file, [typeof(IPlugin), typeof(Rils.Ecs.Stage)]);
        var assembly = loader.LoadDefaultAssembly();
        var options = Activator.CreateInstance(assembly.GetType(typeof(RandomResizedCropOptions).FullName!)!)!;
        var augmentation = (IAugmentation)Activator.CreateInstance(assembly.GetType(typeof(RandomResizedCrop).FullName!)!, options, 24)!;
        Assert.NotEqual(typeof(RandomResizedCrop), augmentation.GetType());

        var (isolated, ours) = (new byte[3 * 24 * 24], new byte[3 * 24 * 24]);
        var jpeg = Picture.Jpeg(Picture.Waves(120, 100), 120, 100);
        augmentation.Train(jpeg, RandomStream.Root(4), isolated);
        new RandomResizedCrop(new(), 24).Train(jpeg, RandomStream.Root(4), ours);
        Assert.Equal(ours, isolated);
    }

    [Fact]
    public void The_folder_holds_neither_the_contract_nor_TorchSharp()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var folder = Path.Combine(Repository.Root, "artifacts", "plugins", configuration, "Rils.Imaging");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToArray();
        Assert.Contains("libvips.so.42", files);
        Assert.DoesNotContain("TorchSharp.dll", files);
        Assert.DoesNotContain("Rils.Abstractions.dll", files);
    }
}
