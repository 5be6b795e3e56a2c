namespace Rils.Engine.Pretrained;

/// <summary>A tensor of an arm that took a value.</summary>
/// <param name="Name">The tensor's full name in the arm.</param>
/// <param name="From">The names of its source in the weights: one, or several from which it was made.</param>
public sealed record TakenTensor(string Name, IReadOnlyList<string> From)
{
    internal bool IsAsItIs => From is [var from] && from == Name;
}
