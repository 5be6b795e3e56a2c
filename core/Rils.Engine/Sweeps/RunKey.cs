using System.Security.Cryptography;
using System.Text;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Composition;
using Rils.Engine.Training;

namespace Rils.Engine.Sweeps;

/// <summary>The key of a run in a sweep: a changed experiment has another key, so it never goes on in the folder of the
/// old one.</summary>
public static class RunKey
{
    const int Length = 8;

    /// <summary>The first eight hexadecimal digits of the SHA-256 of the resolved experiment, its precision and its
    /// devices.</summary>
    /// <remarks>Seeds are left out: each seed has its own folder, and further seeds go on in the same run. So are
    /// <see cref="ExperimentKeys.Idle"/> keys.</remarks>
    /// <param name="tree">The resolved experiment.</param>
    /// <param name="settings">The settings of its root.</param>
    /// <param name="device">The device of the arms that name none.</param>
    public static string Of(ExperimentTree tree, ExperimentSettings settings, string device)
    {
        var devices = ArmDevices.Of(tree, device);
        var precision = settings.PrecisionOn(devices).ToString().ToLowerInvariant();
        var root = tree.Root.Copy();
        root.Remove("seeds");
        foreach (var idle in ExperimentKeys.Idle) root.Remove(idle);
        var text = $"{ResolvedExperiment.Write(tree with { Root = root })}\n# {precision} on {devices}\n";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
    }
}
