using Rils.Configuration.Settings;
using Rils.Engine.Native;

namespace Rils.Engine.Training;

/// <summary>Chooses the precision of an experiment that names none.</summary>
public static class PrecisionChoice
{
    /// <summary>Gives the precision that the models compute in on a device: the experiment's, or else bf16 where the
    /// device supports it.</summary>
    /// <param name="settings">The experiment's settings.</param>
    /// <param name="device">The device: <c>cpu</c>, <c>cuda:0</c>.</param>
    public static Precision PrecisionOn(this ExperimentSettings settings, string device) =>
        settings.Precision ?? (Bf16Support.On(device) ? Precision.Bf16 : Precision.Fp32);
}
