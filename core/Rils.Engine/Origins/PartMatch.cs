using Rils.Abstractions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Origins;

/// <summary>What given weights have of one module.</summary>
/// <param name="Part">The module.</param>
/// <param name="Tensors">Its parameters and buffers, by their names in it.</param>
/// <param name="Found">What its tensors can be made of, by their names in the weights.</param>
/// <param name="Missing">Tensors that it cannot do without.</param>
/// <param name="Staying">Tensors that stay as they were made.</param>
sealed record PartMatch(
    Trainable Part, IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, ForeignTensor> Found,
    IReadOnlyList<string> Missing, IReadOnlyList<string> Staying)
{
    public string Title => InitParts.Title(Part);

    public IEnumerable<string> FullNames(IEnumerable<string> names) => names.Select(name => Part.Prefix + name);

    /// <summary>Of names, those of further blocks, or of more in a block: <c>blocks.6.norm1.weight</c> where the module takes <c>blocks.5.norm1.weight</c>.</summary>
    public string[] Further(IEnumerable<string> left)
    {
        var stacks = Found.Values.SelectMany(from => from.Names).Select(TensorNames.Stack).OfType<string>().ToHashSet();
        return [.. left.Where(name => TensorNames.Stack(name) is { } stack && stacks.Contains(stack))];
    }

    /// <summary>The same where no parameter may stay as it was drawn.</summary>
    public PartMatch Whole() => this with
    {
        Missing = [.. Missing, .. Staying.Where(name => Tensors[name] is Parameter)],
        Staying = [.. Staying.Where(name => Tensors[name] is not Parameter)],
    };

    bool IsWhole => Found.Count > 0 && Missing.Count == 0;

    /// <summary>The best place in the weights for a module.</summary>
    /// <exception cref="ArgumentException">The whole module is there more than once, and nothing says which is meant.</exception>
    public static PartMatch Best(Trainable part, FileNames names)
    {
        var (foreign, tensors) = (part.Module as IForeignNames, TensorsOf(part.Module));
        var sources = tensors.Keys.ToDictionary(name => name, name => (ForeignTensor[])[new([name]), .. foreign?.AlternativesTo(name) ?? []]);
        string[] homes = [.. names.HomesOf(part.Prefix, foreign is not null)];
        var best = homes.Select(At).MaxBy(match => match.Found.Count)!;
        if (best.IsWhole || foreign is null || tensors.Keys.All(foreign.MayStay)) return best;
        // A whole module is no coincidence, wherever it lies.
        var elsewhere = names.Roots.Except(homes).Select(root => (Root: root, Match: At(root))).Where(place => place.Match.IsWhole).ToArray();
        if (elsewhere.Length > 1)
            throw new ArgumentException($"[init]: {best.Title} is there more than once, "
                + $"behind {string.Join(" and ", elsewhere.Select(place => place.Root))}: keep one of them in the file");
        return elsewhere is [var only] ? only.Match : best;

        PartMatch At(string root)
        {
            Dictionary<string, ForeignTensor> found = [];
            foreach (var (name, alternatives) in sources)
                if (alternatives.FirstOrDefault(one => one.Names.All(other => names.Has(root + other))) is { } source)
                    found.Add(name, source with { Names = [.. source.Names.Select(other => root + other)] });
            var absent = tensors.Keys.Where(name => !found.ContainsKey(name)).ToLookup(name => foreign?.MayStay(name) ?? false);
            return new(part, tensors, found, [.. absent[false]], [.. absent[true]]);
        }
    }

    static SortedDictionary<string, Tensor> TensorsOf(nn.Module module)
    {
        SortedDictionary<string, Tensor> all = new(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters()) all.Add(name, parameter);
        foreach (var (name, buffer) in module.named_buffers()) all.Add(name, buffer);
        return all;
    }
}
