namespace Rils.Engine.Guards;

/// <summary>A setting of libtorch that all systems of a thread, or of the process, share.</summary>
abstract class TorchSetting
{
    /// <summary>Remembers the present setting.</summary>
    public abstract void Remember();

    /// <summary>Restores the remembered setting.</summary>
    /// <returns>The change that was undone, as the end of a sentence that begins with who made it; null without a
    /// change.</returns>
    public abstract string? PutBack();
}
