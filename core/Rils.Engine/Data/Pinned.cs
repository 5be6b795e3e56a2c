using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>A prepared value in the memory from which devices copy it: pinned where a CUDA device does.</summary>
/// <param name="Value">The value.</param>
/// <param name="Owned">The value's pinned copy, which ends with the frame; null where nothing was copied.</param>
sealed record Pinned<T>(T Value, Prepared<T>? Owned) : IShared, IDisposable where T : class, IUploaded<T>
{
    public void Dispose() => Owned?.Dispose();
}
