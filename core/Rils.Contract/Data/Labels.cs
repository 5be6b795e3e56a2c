using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component of a sample: its classes, where an image may have several.</summary>
/// <param name="Numbers">The class numbers, from 0, each once; may be empty.</param>
[DisplayName("list of classes")]
public sealed record Labels(IReadOnlyList<int> Numbers);
