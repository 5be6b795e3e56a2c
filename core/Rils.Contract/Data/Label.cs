using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component of a sample: its class.</summary>
/// <param name="Number">The class number, from 0.</param>
[DisplayName("class")]
public sealed record Label(int Number);
