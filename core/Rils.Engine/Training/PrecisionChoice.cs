using Rils.Configuration.Settings;
using Rils.Engine.Native;

namespace Rils.Engine.Training;

/// <summary>The precision of an experiment that names none.</summary>
public static class PrecisionChoice
{
    /// <summary>The precision that the models compute in on a device.</summary>
    /// <param name="settings">The experiment's.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static Precision PrecisionOn(this ExperimentSettings settings, string device) =>
        settings.Precision ?? (Bf16Support.On(device) ? Precision.Bf16 : Precision.Fp32);
}
