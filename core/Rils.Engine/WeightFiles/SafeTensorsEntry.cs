using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>One tensor of a safetensors header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
sealed record SafeTensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
