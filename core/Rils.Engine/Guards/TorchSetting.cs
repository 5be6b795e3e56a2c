namespace Rils.Engine.Guards;

/// <summary>Something of libtorch's that all systems of a thread, or of the process, have in common.</summary>
abstract class TorchSetting
{
    /// <summary>Remembers it as it is.</summary>
    public abstract void Remember();

    /// <summary>Brings it back to what was remembered.</summary>
    /// <returns>What was done to it, for a sentence that begins with who did that; null where it is as it
    /// was.</returns>
    public abstract string? PutBack();
}
