using System.Runtime.InteropServices;
using Rils.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Pretrained;

/// <summary>Finds for each part of an arm the tensors of given weights, and copies them.</summary>
/// <param name="where">The table that names the weights: <c>[init]</c>.</param>
/// <param name="title">The owner of the weights.</param>
/// <param name="options">The parts that take weights.</param>
/// <param name="weights">The weights by name, on the CPU.</param>
/// <param name="whole">Whether every parameter must come from the weights, because nothing would train the
/// others.</param>
sealed class WeightsTaking(
    string where, string title, InitOptions options, IReadOnlyDictionary<string, Tensor> weights, bool whole = false)
{
    readonly List<string> mistakes = [];

    /// <exception cref="ArgumentException">The weights do not fit; the message lists all reasons, and nothing was
    /// copied.</exception>
    public TakenWeights Into(IReadOnlyList<Trainable> parts)
    {
        var names = new FileNames(weights.Keys, [.. parts.Select(part => part.Prefix)]);
        PartMatch[] alone = [.. parts.Where(IsAsked).Select(part => PartMatch.Best(part, names))];
        string[] homes = [.. alone.Where(match => match.Found.Count > 0).Select(match => match.Home).Distinct()];
        PartMatch[] beside = [.. alone.Select(match => match.Beside(homes, names))];
        PartMatch[] asked = [.. beside.Select(match => match.With(TakenBy(beside.Where(other => other != match))))
            .Select(match => whole ? match.Whole() : match)];
        PartMatch[] found = [.. asked.Where(match => match.Found.Count > 0)];
        CheckParts(asked, found, names);
        if (mistakes.Count == 0) Copy(found);
        return mistakes.Count == 0 ? Report(asked, found, names)
            : throw new ArgumentException($"{where}: {string.Join($"\n{where}: ", mistakes)}");
    }

    static HashSet<string> TakenBy(IEnumerable<PartMatch> matches) =>
        [.. matches.SelectMany(match => match.Found.Values).SelectMany(from => from.Names)];

    bool IsAsked(Trainable part) => options.Parts is null || IsIn(options.Parts, part);

    static bool IsIn(IReadOnlyList<InitModule> parts, Trainable part) =>
        InitModules.Of(part.Module) is { } own && parts.Contains(own);

    void CheckParts(PartMatch[] asked, PartMatch[] found, FileNames names)
    {
        if (found.Length == 0)
        {
            mistakes.Add($"nothing of {title} fits: it has {TensorNames.Short(names.All)}, "
                + $"this arm {TensorNames.Short(asked.SelectMany(All))}{Reasons(asked, names)}");
            return;
        }
        foreach (var match in asked.Except(found)
            .Where(match => whole || options.Parts is not null || IsIn(options.Freeze, match.Part)))
            mistakes.Add($"{title} has nothing of {match.Title}, which is asked for: "
                + $"it has {TensorNames.Short(names.All)}{Reasons([match], names)}");
        PartMatch[] others = [.. found.Where(match => Reason(match, names) is not null)];
        foreach (var match in others)
            mistakes.Add($"{title} does not fit: {Reason(match, names)}{Without(match, found)}");
        foreach (var match in found.Except(others).Where(match => match.Missing.Count > 0))
            mistakes.Add($"{title} has {match.Title} in part only: {match.Found.Count} tensors are there, "
                + $"{match.Missing.Count} are missing: {TensorNames.Cut([.. match.FullNames(match.Missing)])}; "
                + $"left in it: {TensorNames.Short(Left(names, found))}{Without(match, found)}");
        foreach (var match in found.Except(others).Where(match => match.Missing.Count == 0))
            if (match.Further(Left(names, found)) is { Length: > 0 } further)
                mistakes.Add($"{match.Title} is larger in {title}: "
                    + $"{TensorNames.Cut(further)} {(further.Length == 1 ? "has" : "have")} no place here; "
                    + $"make this arm's [{match.Title}] like the one that they come from{Without(match, found)}");
        foreach (var match in found.Where(match => match.Missing.Count == 0 && IsIn(options.Freeze, match.Part)))
            if (match.FullNames(match.Staying.Where(name => match.Tensors[name] is Parameter))
                .ToArray() is { Length: > 0 } drawn)
                mistakes.Add($"{match.Title} is frozen, but {title} has not all of it, "
                    + $"and what was only drawn would stay as it is: {TensorNames.Cut(drawn)}; "
                    + $"take {match.Title} out of `freeze`");
    }

    /// <summary>Copies all tensors, or none where one does not fit: the messages list all wrong shapes
    /// together.</summary>
    void Copy(PartMatch[] found)
    {
        using var constant = no_grad();
        List<(Tensor Target, Tensor Value)> copies = [];
        foreach (var match in found)
        {
            List<string> wrong = [];
            foreach (var (name, from) in match.Found)
            {
                var target = match.Tensors[name];
                var value = Make(from);
                // A single number fits a single number, also where the weights hold it as [1].
                if (value is not null && (value.shape.SequenceEqual(target.shape)
                    || (value.numel(), target.numel()) is (1, 1))) copies.Add((target, value.reshape(target.shape)));
                else wrong.Add($"{match.Part.Prefix}{name} is "
                    + $"{string.Join(" and ", from.Names.Select(other => Shape(weights[other])))} there "
                    + $"and {Shape(target)} here");
            }
            if (wrong.Count > 0)
                mistakes.Add($"{match.Title} of {title} has other shapes: {TensorNames.Cut(wrong)}; "
                    + $"make this arm's [{match.Title}] like the one that they come from{Without(match, found)}");
        }
        CheckNumbers([.. found.SelectMany(match => match.Found.Values).SelectMany(from => from.Names).Distinct()
            .Order(StringComparer.Ordinal)]);
        if (mistakes.Count == 0) foreach (var (target, value) in copies) target.copy_(value); // of another type too
    }

    /// <summary>Checks that all numbers are finite: training would spread an infinite one, and the error would blame
    /// the first step.</summary>
    void CheckNumbers(string[] taken)
    {
        string[] wrong = [.. taken.Select(NotFinite).OfType<string>()];
        if (wrong.Length > 0)
            mistakes.Add($"{title} holds numbers that are not finite, since the run that made them diverged, "
                + $"or they were converted badly; take others: {TensorNames.Cut(wrong)}");
    }

    string? NotFinite(string name)
    {
        var given = weights[name];
        if (!given.is_floating_point() || given.isfinite().all().item<bool>()) return null;
        var (unset, all) = (given.isnan().sum().item<long>(), given.isfinite().logical_not_().sum().item<long>());
        return $"{name} holds {(unset > 0 ? "NaN" : "infinity")} ({all} of {given.numel()} numbers)";
    }

    /// <summary>Makes a tensor of a module from its sources; null where their shapes are not those that the module
    /// knows.</summary>
    Tensor? Make(ForeignTensor from)
    {
        Tensor[] given = [.. from.Names.Select(name => weights[name])];
        try
        {
            return from.Make is null ? given[0] : from.Make(given);
        }
        catch (Exception misshapen) when (
            misshapen is ExternalException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    TakenWeights Report(PartMatch[] asked, PartMatch[] found, FileNames names) => new(
        title, [.. found.Select(match => match.Title)],
        [.. found.Where(match => IsIn(options.Freeze, match.Part)).Select(match => match.Title)],
        [.. found.SelectMany(Taken).OrderBy(tensor => tensor.Name, StringComparer.Ordinal)],
        Left(names, found),
        [.. found.SelectMany(match => match.FullNames(match.Staying)).Order(StringComparer.Ordinal)],
        [.. asked.Except(found).Select(match => Reason(match, names)).OfType<string>(), .. found.SelectMany(Fitted)]);

    /// <summary>Tells of each tensor of the file that was fitted to another size.</summary>
    IEnumerable<string> Fitted(PartMatch match) =>
        from pair in match.Found
        where pair.Value.IsFitted
        let source = pair.Value.Names[0]
        let target = match.Tensors[pair.Key]
        where weights[source].numel() != target.numel()
        orderby pair.Key
        select $"{match.Part.Prefix}{pair.Key} was fitted: {source} is {Shape(weights[source])} there "
            + $"and {Shape(target)} here";

    static IEnumerable<TakenTensor> Taken(PartMatch match) =>
        match.Found.Select(pair => new TakenTensor(match.Part.Prefix + pair.Key, pair.Value.Names));

    static string[] Left(FileNames names, IEnumerable<PartMatch> found) =>
        [.. names.All.Except(TakenBy(found)).Order(StringComparer.Ordinal)];

    /// <summary>The end of a message that says how to do without a part that does not fit.</summary>
    static string Without(PartMatch match, PartMatch[] found)
    {
        string[] others = [.. found.Where(other => other != match && InitModules.Of(other.Part.Module) is not null)
            .Select(other => $"\"{other.Title}\"")];
        return others.Length > 0 ? $", or leave it out: parts = [{string.Join(", ", others)}]" : "";
    }

    static string Reasons(IEnumerable<PartMatch> matches, FileNames names) =>
        string.Concat(matches.Select(match => Reason(match, names)).OfType<string>().Select(reason => $"; {reason}"));

    static string? Reason(PartMatch match, FileNames names) =>
        (match.Part.Module as IForeignNames)?.Obstacle(names.All) is { } reason
            ? $"{match.Title} is not taken: {reason}" : null;

    static IEnumerable<string> All(PartMatch match) => match.FullNames(match.Tensors.Keys);

    static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
