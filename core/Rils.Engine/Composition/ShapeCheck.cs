using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Checks the tables of an arm against the images, and against the backbone's patches and width, without
/// making a model.</summary>
/// <param name="data">The images' size; null where it is not known, so that nothing is checked.</param>
/// <param name="context">The sizes and lengths; null where the data cannot be opened, so that no masking is
/// made.</param>
/// <param name="problems">The list that takes mistakes.</param>
/// <param name="warnings">The list that takes findings that look like slips but may be meant.</param>
sealed class ShapeCheck(DataContext? data, ExperimentContext? context, Problems problems, ICollection<string> warnings)
{
    /// <summary>Lets the options check themselves against the known facts, then checks the masking's number of visible
    /// patches.</summary>
    /// <param name="tables">The arm's tables.</param>
    /// <param name="objectives">The arm's objectives.</param>
    public void Check(IReadOnlyList<BoundTable> tables, IEnumerable<BoundTable> objectives)
    {
        if (data is null) return;
        var backbone = tables.FirstOrDefault(table => table.Entry.Slot == typeof(Backbone));
        var shape = ShapeOf(backbone, data);
        foreach (var table in tables.Where(table => table != backbone))
            if (IsSound(table, data, context, shape) && table.Entry.Slot == typeof(IMasking) && shape is not null)
                CheckMasking(table, shape.Grid.Count);
        foreach (var objective in objectives) IsSound(objective, data, context, shape);
    }

    BackboneShape? ShapeOf(BoundTable? backbone, DataContext images) =>
        backbone is not null && IsSound(backbone, images, context) && backbone.Options is IBackboneOptions options
            ? options.ShapeFor(images.ImageSize) : null;

    bool IsSound(BoundTable table, params IEnumerable<object?> facts)
    {
        var found = new Problems();
        OptionsBinder.CheckWhole(table.Options, table.Values, table.Where, found, [.. facts.OfType<object>()]);
        problems.Add(found);
        return found.Count == 0;
    }

    void CheckMasking(BoundTable table, int patches)
    {
        using var scope = new KindScope();
        try
        {
            if (context is null || table.TryMake<IMasking>(context, scope, problems) is not { } masking) return;
            var visible = masking.Visible(patches);
            if (visible < 1 || visible > patches)
                problems.Add(table.Span, $"{table.Where} of kind {table.Entry.Name} says "
                    + $"that {visible} of the {patches} patches stay visible: "
                    + "an image keeps at least one, and at most all; change its options, "
                    + $"or tell the author of {table.Entry.Plugin}");
            else if (visible == patches)
                warnings.Add($"{table.Span}: {table.Where} of kind {table.Entry.Name} "
                    + $"hides none of the {patches} patches, so nothing is left to predict: change its options");
        }
        catch (ArgumentException refused)
        {
            problems.Add([table.Refused(Cause.Of(refused))]);
        }
    }
}
