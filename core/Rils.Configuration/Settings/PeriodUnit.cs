namespace Rils.Configuration.Settings;

/// <summary>What a <see cref="Period"/> counts.</summary>
public enum PeriodUnit
{
    /// <summary>Optimizer steps.</summary>
    Steps,

    /// <summary>Passes over the training data.</summary>
    Epochs,

    /// <summary>Minutes of wall-clock time.</summary>
    Minutes,
}
