using System.Globalization;
using Rils.Engine.WeightFiles;
using Spectre.Console;
using static TorchSharp.torch;

namespace Rils.Cli.Rendering;

/// <summary>Lists the tensors of a safetensors file, or of all files that an index names.</summary>
static class WeightsTable
{
    public static Table Of(string file, bool isPlain)
    {
        using var scope = NewDisposeScope();
        var tensors = WeightsFile.Read(file);
        var table = Tables.New(isPlain, "name", "type", "shape", "norm");
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            table.Add(name, $"{tensor.dtype}", $"[{string.Join(", ", tensor.shape)}]", Norm(tensor));
        var numbers = tensors.Values.Sum(tensor => tensor.numel()).ToString("N0", CultureInfo.InvariantCulture);
        table.Add($"{tensors.Count} tensors", "", $"{numbers} numbers", "");
        return table;
    }

    static string Norm(Tensor tensor) =>
        tensor.to_type(ScalarType.Float64).norm().item<double>().ToString("G5", CultureInfo.InvariantCulture);
}
