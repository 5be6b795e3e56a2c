using static TorchSharp.torch;

namespace Rils.Retrieval;

/// <summary>The right answers of each query.</summary>
/// <param name="right">For each query the numbers of its right answers, at least one.</param>
/// <param name="gallery">The number of answers.</param>
/// <param name="device">The device of the masks.</param>
sealed class RightAnswers(IReadOnlyList<IReadOnlyList<int>> right, long gallery, Device device)
{
    /// <summary>Marks the right answers of some queries.</summary>
    /// <param name="first">The first query.</param>
    /// <param name="count">The number of queries.</param>
    /// <returns>bool <c>[count, gallery]</c>.</returns>
    public Tensor Mask(long first, long count)
    {
        var marks = new bool[count * gallery];
        for (var row = 0; row < count; row++)
            foreach (var answer in right[(int)first + row]) marks[row * gallery + answer] = true;
        return tensor(marks, [count, gallery], device: device);
    }
}
