using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>Reads the average of an arm's weights that a run saved.</summary>
static class TrainedAverage
{
    /// <summary>Copies the tensors of a file into an average; the file may hold others too.</summary>
    /// <exception cref="InvalidDataException">The file lacks a tensor, or has it in another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Take(WeightAverage average, string file)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        var saved = SafeTensors.Read(file);
        foreach (var (name, tensor) in average.Values.Tensors())
            if (saved.TryGetValue(name, out var value) && value.shape.SequenceEqual(tensor.shape)) tensor.copy_(value);
            else throw new InvalidDataException($"{file}: no tensor {name} of the shape "
                + $"[{string.Join(", ", tensor.shape)}]: these are not the weights of this arm");
    }
}
