namespace Rils.Contract;

/// <summary>The options of a kind of <c>[masking]</c> whose <see cref="PatchMask"/> a system of the plugin makes, from
/// whatever values it reads. The number of visible patches follows from the options and the step alone, so that the
/// engine can check it and count the operations before anything runs.</summary>
public interface IMaskingOptions
{
    /// <summary>Tells how many patches of each image stay visible in a step.</summary>
    /// <param name="patches">The number of patches of an image, at least 1.</param>
    /// <param name="step">The step's number in the run, from 0.</param>
    /// <param name="steps">The number of steps of the whole run, <see cref="RunLength.Steps"/>.</param>
    /// <returns>The number of visible patches, the same for every image of the step.</returns>
    int Visible(int patches, long step, long steps);
}
