using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.ZeroShot;

/// <summary>Zero-shot classification: an image's class is the phrase nearest to it in the shared space (Radford et al.
/// 2021).</summary>
/// <remarks>A sample's rank is the number of other classes that are not farther than its own class, so ties and NaN
/// count against the model and a constant embedding scores 0.</remarks>
sealed class ZeroShotHead : IHead
{
    readonly ZeroShotOptions options;
    readonly HeadContext context;
    readonly IReadOnlyList<IReadOnlyList<string>> phrases;
    readonly IReadOnlyList<string> templates;
    readonly int[]? subset;
    readonly bool isOfData;
    readonly List<Tensor> ranks = [];
    readonly List<int> labels = [];
    readonly List<string> keys = [];
    Tensor? classes;

    /// <exception cref="ArgumentException">A template has no <c>{}</c>.</exception>
    /// <exception cref="InvalidDataException">A file is not the list that it should be, or does not fit the classes of
    /// the data; or the data does not name its classes.</exception>
    public ZeroShotHead(ZeroShotOptions options, HeadContext context)
    {
        (this.options, this.context) = (options, context);
        isOfData = options.Classes == ZeroShotOptions.OfData;
        templates = PromptTemplates.Of(options);
        var listed = isOfData ? OfData() : Listed();
        subset = options.Subset is { } path ? [.. ClassSubset.Read(path, listed)] : null;
        int[] competing = subset ?? [.. Enumerable.Range(0, listed.Count)];
        phrases = [.. competing.Select(number => listed[number].Phrases)];
        string[] names = [.. competing.Select(number => listed[number].Name ?? $"{number}")];
        Warnings = [.. ((string?[])[ClassPhrases.Twice(phrases, names, Classes),
            isOfData ? ClassPhrases.Wordless([.. phrases.Select(own => own[0])]) : null]).OfType<string>()];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Type> Reads => [typeof(Label)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; }

    /// <inheritdoc/>
    public bool EncodesTexts => true;

    /// <inheritdoc/>
    public bool CanEvaluate(ArmModel model) => model is { Text: not null, Space: not null, Tokenizer: not null };

    /// <inheritdoc/>
    public void Begin(ArmModel model)
    {
        Release();
        classes = ClassEmbeddings.Make(model, phrases, templates).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A sample's class number is outside the list.</exception>
    public void Add(EvaluationBatch batch)
    {
        if (classes is null) throw new InvalidOperationException("call Begin before Add");
        int[] rows = [.. Enumerable.Range(0, batch.Samples.Count)
            .Where(row => batch.Samples[row].Find<Label>() is not null)];
        if (rows.Length == 0) return;
        int[] own = [.. rows.Select(row => ClassOf(batch.Samples[row].Key, batch.Samples[row].Find<Label>()!.Number))];
        using var scope = NewDisposeScope();
        var images = batch.ImageEmbedding.index_select(0, tensor(rows, device: classes.device));
        var labelsOfRows = tensor(own, device: classes.device).to(ScalarType.Int64);
        ranks.Add(Ranks(images, classes, labelsOfRows).DetachFromDisposeScope());
        labels.AddRange(own);
        keys.AddRange(rows.Select(row => batch.Samples[row].Key));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No sample had a class.</exception>
    public HeadResult Finish()
    {
        if (labels.Count == 0)
            throw new InvalidOperationException(
                $"head '{context.Name}' of arm '{context.Arm}': no sample of its data has a class");
        try
        {
            using var scope = NewDisposeScope();
            // Device synchronisation: one copy for the whole evaluation.
            long[] found = [.. cat(ranks).cpu().data<long>()];
            return Rates.OfClasses([1, 5], keys, found, labels, phrases.Count);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>The place of a sample's class among those that compete.</summary>
    int ClassOf(string key, int number)
    {
        if (subset is null)
            return number >= 0 && number < phrases.Count ? number
                : throw new InvalidDataException($"sample '{key}' has class {number}, but {Classes} lists "
                    + $"{phrases.Count} (0 to {phrases.Count - 1})");
        return Array.BinarySearch(subset, number) is >= 0 and var place ? place
            : throw new InvalidDataException($"sample '{key}' has class {number}, which {options.Subset} leaves out: "
                + "add it there, or drop `subset`");
    }

    IReadOnlyList<ListedClass> OfData() => [.. ClassPhrases.Of(context.ClassNames, context.MayHaveClasses)
        .Zip(context.ClassNames!, static (phrase, name) => new ListedClass([phrase], name))];

    IReadOnlyList<ListedClass> Listed()
    {
        var listed = ClassPhrases.Read(options.Classes);
        return context.ClassNames is { } names ? ClassOrder.Of(listed, names, options.Classes) : listed;
    }

    /// <summary>The place where the classes' phrases come from, in words.</summary>
    string Classes => isOfData ? "the data" : options.Classes;

    static Tensor Ranks(Tensor images, Tensor classes, Tensor own)
    {
        var cosines = Similarity.TyingCosines(images, classes);
        var farther = cosines.lt(cosines.gather(1, own.unsqueeze(1)));
        return farther.logical_not().sum(1) - Constant.Of(1);
    }

    void Release()
    {
        foreach (var kept in ranks) kept.Dispose();
        ranks.Clear();
        labels.Clear();
        keys.Clear();
        classes?.Dispose();
        classes = null;
    }
}
