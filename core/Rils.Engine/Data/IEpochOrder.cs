namespace Rils.Engine.Data;

/// <summary>The order of the samples in one epoch.</summary>
interface IEpochOrder
{
    /// <summary>The samples at some positions that follow each other.</summary>
    ReadOnlySpan<int> Slice(int start, int length);
}
