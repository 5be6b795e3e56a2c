namespace Rils.Engine.Native;

/// <summary>libtorch cannot be loaded from its folder. The user can fix that: print the message, not the
/// trace.</summary>
public sealed class LibtorchException(string what, string where, string fix)
    : Exception($"{what}\n  where: {where}\n  fix:   {fix}");
