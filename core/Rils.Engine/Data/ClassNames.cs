using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Compares the names that two sources give their classes, and finds out whether a source has any
/// class.</summary>
static class ClassNames
{
    /// <summary>Whether samples may have a class, with a name or without.</summary>
    public static bool MayBe(ISource source) => source.ClassNames is not null
        || (source.Components.Contains(typeof(Label)) && SampleLook.ForLack(source, typeof(Label)) is null);

    /// <summary>Says how the classes of a head's training data and of its evaluation data differ; null where both have
    /// the same classes, or one of them does not name any.</summary>
    public static string? Difference(ISource learned, ISource judged)
    {
        if (learned.ClassNames is not { } train || judged.ClassNames is not { } data || train.SequenceEqual(data))
            return null;
        string[] lacking = [.. data.Except(train, StringComparer.Ordinal)],
            unjudged = [.. train.Except(data, StringComparer.Ordinal)];
        return lacking.Length > 0
            ? $"{Classes(lacking)} is in `data` and not in `train`: what is judged must be learned"
            : $"{Classes(unjudged)} is in `train` and not in `data`, so the two would number their classes in "
                + "different ways: add an example, or leave the class out of both";
    }

    static string Classes(string[] names) =>
        $"class `{names[0]}`{(names.Length > 1 ? $" (and {names.Length - 1} more)" : "")}";
}
