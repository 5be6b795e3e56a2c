using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The caption encoders of all arms, for systems of <c>Prepare</c> that encode texts of their own.</summary>
public sealed class CaptionEncoders : IShared
{
    /// <summary>Each encoder once, in the order of the arms' names. Known after Setup.</summary>
    public IReadOnlyList<CaptionEncoder> All { get; internal set; } = [];
}
