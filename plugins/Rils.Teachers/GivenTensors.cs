using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>Puts weights that another arm or a file holds into a module.</summary>
static class GivenTensors
{
    const int Told = 3;

    /// <summary>Loads parameters by name, and the buffers that are there. Tensors of other parts of the model (a decoder, a text encoder) are left alone.</summary>
    /// <param name="module">In fp32 on the CPU; not initialised.</param>
    /// <param name="prefix">What stands before its names in the weights.</param>
    /// <param name="given">The weights.</param>
    /// <returns>False where there are none: nobody trained them.</returns>
    /// <exception cref="ArgumentException">They are not weights of such a module; the message names tensors and shapes.</exception>
    public static bool TryLoad<TOptions>(nn.Module module, string prefix, GivenWeights<TOptions> given) where TOptions : WeightsOrigin
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        if (given.Read() is not { } read) return false;
        var parameters = module.named_parameters().ToDictionary(parameter => prefix + parameter.name, parameter => (Tensor)parameter.parameter);
        var own = parameters.Concat(module.named_buffers().Select(buffer => KeyValuePair.Create(prefix + buffer.name, buffer.buffer))).ToDictionary();
        string[] mistakes =
        [
            .. parameters.Keys.Where(name => !read.ContainsKey(name)).Select(name => $"{name} is missing there"),
            .. own.Where(tensor => read.TryGetValue(tensor.Key, out var other) && !other.shape.SequenceEqual(tensor.Value.shape))
                .Select(tensor => $"{tensor.Key} is {Show(read[tensor.Key])} there and {Show(tensor.Value)} here"),
            .. Extra(read.Keys, own.Keys, prefix).Select(name => $"{name} is there and not here"),
        ];
        if (mistakes.Length > 0)
            throw new ArgumentException($"[teacher] cannot take the weights of {given.Title}: {string.Join("; ", mistakes.Take(Told))}"
                + (mistakes.Length > Told ? $"; and {mistakes.Length - Told} more" : "") + ". " + Remedy(prefix));
        foreach (var (name, tensor) in own)
            if (read.TryGetValue(name, out var values)) tensor.copy_(values);
        return true;
    }

    /// <summary>What the module would have were it larger: <c>visual.blocks.6.norm1.weight</c> beside <c>visual.blocks.5.norm1.weight</c>.</summary>
    static IEnumerable<string> Extra(IEnumerable<string> there, ICollection<string> here, string prefix)
    {
        string Part(string name) => name[prefix.Length..].Split('.')[0];
        var parts = here.Select(Part).ToHashSet();
        return there.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !here.Contains(name) && parts.Contains(Part(name))).Order(StringComparer.Ordinal);
    }

    static string Show(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    static string Remedy(string prefix) => prefix.Length > 0
        ? "A file beside no run is read as weights of a backbone like the arm's: give [backbone] that shape, or name the weights of an arm or run"
        : "The language target compares the teacher's patches with sentences in [space]: take weights that were trained with a [space] of the same dim, or another [target]";
}
