using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.Training;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Checks the tables of an arm against the images, and against the backbone's patches and width, without
/// making a model.</summary>
/// <param name="data">The images' size; null where it is not known, so that nothing is checked.</param>
/// <param name="context">The sizes and lengths; null where the data cannot be opened, so that no masking is
/// made.</param>
/// <param name="samples">The training samples; null where the data cannot be opened.</param>
/// <param name="problems">The list that takes mistakes.</param>
/// <param name="warnings">The list that takes findings that look like slips but may be meant.</param>
sealed class ShapeCheck(DataContext? data, ExperimentContext? context, TrainingSamples? samples, Problems problems,
    ICollection<string> warnings)
{
    /// <summary>Lets the options check themselves against the known facts, then checks the masking's number of visible
    /// patches.</summary>
    /// <param name="tables">The arm's tables.</param>
    /// <param name="objectives">The arm's objectives.</param>
    public void Check(IReadOnlyList<BoundTable> tables, IEnumerable<BoundTable> objectives)
    {
        if (data is null) return;
        var backbone = tables.FirstOrDefault(table => table.Entry.Slot == typeof(Backbone));
        var sound = backbone is not null && IsSound(backbone, data, context) ? backbone.Options : null;
        var shape = (sound as IBackboneOptions)?.ShapeFor(data.ImageSize);
        var patches = (sound as ITokenBackboneOptions)?.PatchesFor(data.ImageSize);
        foreach (var table in tables.Where(table => table != backbone))
            if (IsSound(table, data, context, shape, patches) && patches is not null && context is not null)
                CheckMasking(table, patches.Grid.Count, context);
        foreach (var objective in objectives) IsSound(objective, data, context, shape, patches);
    }

    bool IsSound(BoundTable table, params IEnumerable<object?> facts)
    {
        var found = new Problems();
        object[] known = [.. facts.Append(samples).OfType<object>()];
        foreach (var own in table.Wrapped.Prepend(table))
            OptionsBinder.CheckWhole(own.Options, own.Values, own.Where, found, known);
        problems.Add(found);
        return found.Count == 0;
    }

    void CheckMasking(BoundTable table, int patches, ExperimentContext settled)
    {
        using var scope = new KindScope();
        try
        {
            if (VisibleOf(table, settled, scope) is not { } count) return;
            var steps = count.Looked().Select(step => (Step: step, Visible: count.In(step, patches))).ToArray();
            if (steps.Where(made => made.Visible < 1 || made.Visible > patches).Select(made => ((long, int)?)made)
                .FirstOrDefault() is var (step, wrong))
                problems.Add(table.Span, $"{table.Where} of kind {table.Entry.Name} says "
                    + $"that {wrong} of the {patches} patches stay visible{(step > 0 ? $" in step {step}" : "")}: "
                    + "an image keeps at least one, and at most all; change its options, "
                    + $"or tell the author of {table.Entry.Plugin}");
            else if (steps.All(made => made.Visible == patches))
                warnings.Add($"{table.Span}: {table.Where} of kind {table.Entry.Name} "
                    + $"hides none of the {patches} patches, so nothing is left to predict: change its options");
        }
        catch (ArgumentException refused)
        {
            problems.Add([table.Refused(Cause.Of(refused))]);
        }
    }

    /// <summary>The number of visible patches of a masking in a step; null for other tables, and for a masking that
    /// cannot be made.</summary>
    VisiblePatches? VisibleOf(BoundTable table, ExperimentContext settled, KindScope scope) =>
        table.Options is IMaskingOptions options ? new(options, settled.Steps)
        : table.Entry.Slot == typeof(IMasking) && table.TryMake<IMasking>(settled, scope, problems) is { } masking
        ? new(masking) : null;
}
