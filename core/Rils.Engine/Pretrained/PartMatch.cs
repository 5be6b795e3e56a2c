using Rils.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Pretrained;

/// <summary>The tensors of given weights that fit one module.</summary>
/// <param name="Part">The module.</param>
/// <param name="Home">The prefix of the module's names in the weights.</param>
/// <param name="Tensors">The module's parameters and buffers, by their names in it.</param>
/// <param name="Found">For the module's tensors the sources in the weights, by the module's names.</param>
/// <param name="Missing">The tensors that the module needs and the weights lack.</param>
/// <param name="Staying">The tensors that stay as they were made.</param>
sealed record PartMatch(
    Trainable Part, string Home, IReadOnlyDictionary<string, Tensor> Tensors,
    IReadOnlyDictionary<string, ForeignTensor> Found, IReadOnlyList<string> Missing, IReadOnlyList<string> Staying)
{
    public string Title => InitModules.Title(Part);

    public IEnumerable<string> FullNames(IEnumerable<string> names) => names.Select(name => Part.Prefix + name);

    /// <summary>Among names that nothing took those of further blocks, or of further tensors of a block:
    /// <c>blocks.6.norm1.weight</c> where the module takes <c>blocks.5.norm1.weight</c>.</summary>
    public string[] Further(IEnumerable<string> left)
    {
        var stacks = Found.Values.SelectMany(from => from.Names).Select(TensorNames.Stack).OfType<string>().ToHashSet();
        return [.. left.Where(name => TensorNames.Stack(name) is { } stack && stacks.Contains(stack))];
    }

    /// <summary>The match for a module whose parameters must all come from the weights.</summary>
    public PartMatch Whole() => this with
    {
        Missing = [.. Missing, .. Staying.Where(name => Tensors[name] is Parameter)],
        Staying = [.. Staying.Where(name => Tensors[name] is not Parameter)],
    };

    bool IsWhole => Found.Count > 0 && Missing.Count == 0;

    /// <summary>The best place in the weights for a module.</summary>
    /// <exception cref="ArgumentException">The weights hold the whole module more than once, and nothing says which one
    /// is meant.</exception>
    public static PartMatch Best(Trainable part, FileNames names)
    {
        var (foreign, tensors) = (part.Module as IForeignNames, TensorsOf(part.Module));
        string[] homes = [.. names.HomesOf(part.Prefix, foreign is not null)];
        var best = homes.Select(At).MaxBy(match => match.Found.Count)!;
        if (best.IsWhole || foreign is null || tensors.Keys.All(foreign.MayStay)) return best;
        // A match of the whole module is no coincidence, wherever it lies.
        var elsewhere = names.Roots.Except(homes).Select(root => (Root: root, Match: At(root)))
            .Where(place => place.Match.IsWhole).ToArray();
        if (elsewhere.Length > 1)
            throw new ArgumentException($"[init]: {best.Title} is there more than once, "
                + $"behind {string.Join(" and ", elsewhere.Select(place => place.Root))}: "
                + "keep one of them in the file");
        return elsewhere is [var only] ? only.Match : best;

        PartMatch At(string root)
        {
            Dictionary<string, ForeignTensor> found = [];
            foreach (var name in tensors.Keys)
                if (SourceOf(name, foreign, root, names) is { } source) found.Add(name, source);
            var absent =
                tensors.Keys.Where(name => !found.ContainsKey(name)).ToLookup(name => foreign?.MayStay(name) ?? false);
            return new(part, root, tensors, found, [.. absent[false]], [.. absent[true]]);
        }
    }

    /// <summary>The match with tensors beside other parts of the arm, for a module that has no place of its own because
    /// all of its tensors may stay. An example is a shared space, whose projection of texts open_clip keeps with the
    /// text encoder. So that projection comes with the encoder, or not at all.</summary>
    /// <param name="homes">The prefixes of the other parts.</param>
    /// <param name="names">The names of the weights.</param>
    public PartMatch Beside(IEnumerable<string> homes, FileNames names)
    {
        if (Part.Module is not IForeignNames foreign || !Tensors.Keys.All(foreign.MayStay)) return this;
        var found = Found.ToDictionary();
        foreach (var name in Staying)
            if (homes.Select(home => SourceOf(name, foreign, home, names))
                .FirstOrDefault(source => source is not null) is { } source) found.Add(name, source);
        return this with { Found = found, Staying = [.. Staying.Where(name => !found.ContainsKey(name))] };
    }

    /// <summary>The match without tensors that make no sense without a tensor which no other part takes.</summary>
    /// <param name="taken">The names of the weights that other parts take.</param>
    public PartMatch With(IReadOnlySet<string> taken)
    {
        string[] alone = [.. Found.Where(pair => pair.Value.With is { } needed && !taken.Contains(needed))
            .Select(pair => pair.Key)];
        if (alone.Length == 0) return this;
        var absent = alone.ToLookup(name => (Part.Module as IForeignNames)?.MayStay(name) ?? false);
        return this with
        {
            Found = Found.Where(pair => !alone.Contains(pair.Key)).ToDictionary(),
            Missing = [.. Missing, .. absent[false]],
            Staying = [.. Staying, .. absent[true]],
        };
    }

    static ForeignTensor? SourceOf(string name, IForeignNames? foreign, string home, FileNames names)
    {
        ForeignTensor[] others = [.. foreign?.AlternativesTo(name) ?? []];
        ForeignTensor[] alternatives = others is [{ Names: [var own] }, ..] && own == name ? others
            : [new([name]), .. others];
        return alternatives.FirstOrDefault(one => one.Names.All(other => names.Has(home + other))) is { } source
            ? source with
            {
                Names = [.. source.Names.Select(other => home + other)],
                With = source.With is null ? null : home + source.With,
            }
            : null;
    }

    static SortedDictionary<string, Tensor> TensorsOf(nn.Module module)
    {
        SortedDictionary<string, Tensor> all = new(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters()) all.Add(name, parameter);
        foreach (var (name, buffer) in module.named_buffers()) all.Add(name, buffer);
        return all;
    }
}
