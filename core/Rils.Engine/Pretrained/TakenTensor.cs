namespace Rils.Engine.Pretrained;

/// <summary>A tensor of an arm that took a value.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="From">The names that the value has where it comes from: one, or several that it was made of.</param>
public sealed record TakenTensor(string Name, IReadOnlyList<string> From)
{
    internal bool IsAsItIs => From is [var from] && from == Name;
}
