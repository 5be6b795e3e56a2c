namespace Rils.Engine.Native;

/// <summary>libtorch cannot be loaded from where it should be. A user's mistake: print the message, not the trace.</summary>
public sealed class LibtorchException(string what, string where, string fix) : Exception($"{what}\n  where: {where}\n  fix:   {fix}");
