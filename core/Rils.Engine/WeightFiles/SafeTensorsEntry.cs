using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>One tensor of a safetensors header.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Begin">The place of the first byte, counted from the end of the header.</param>
/// <param name="End">The place behind the last byte, counted likewise.</param>
sealed record SafeTensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
