using Rils.Abstractions;
using Rils.Engine.Experiments;

namespace Rils.Engine.Loading;

/// <summary>Judges the tables of an arm by what they must fit: the images, and the backbone's patches and width. Makes no model.</summary>
/// <param name="data">Null where the size of the images is not known: then nothing is judged.</param>
/// <param name="context">Null where the data cannot be opened: then no masking is made.</param>
/// <param name="problems">Gets the mistakes.</param>
sealed class ShapeCheck(DataContext? data, ExperimentContext? context, Problems problems)
{
    /// <summary>Lets the options check themselves with the facts at hand, then asks the masking about the patches.</summary>
    /// <param name="tables">The arm's, by name.</param>
    public void Check(IReadOnlyDictionary<string, BoundTable> tables)
    {
        if (data is null) return;
        var shape = tables.TryGetValue("backbone", out var backbone) ? ShapeOf(backbone, data) : null;
        foreach (var (name, table) in tables.Where(table => table.Key != "backbone"))
            if (IsSound(table, shape is null ? [data] : [data, shape]) && name == "masking" && shape is not null)
                CheckMasking(table, shape.Grid.Count);
    }

    BackboneShape? ShapeOf(BoundTable backbone, DataContext images) =>
        IsSound(backbone, images) ? (backbone.Options as IBackboneOptions)?.ShapeFor(images.ImageSize) : null;

    bool IsSound(BoundTable table, params object[] facts)
    {
        var found = new Problems();
        OptionsBinder.CheckWhole(table.Options, table.Values, table.Where, found, facts);
        problems.Add(found);
        return found.Count == 0;
    }

    void CheckMasking(BoundTable table, int patches)
    {
        try
        {
            if (context is not null) table.TryMake<IMasking>(context, problems)?.Visible(patches);
        }
        catch (ArgumentException refused)
        {
            problems.Add([table.Refused(refused.Message)]);
        }
    }
}
