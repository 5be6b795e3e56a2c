using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>Writes into the tables of an experiment what its file leaves to defaults.</summary>
static class Resolution
{
    public static ExperimentTree Of(Experiment experiment)
    {
        var root = experiment.Tree.Root.Copy();
        DefaultOptions.AddTo(root, experiment.Settings);
        DefaultOptions.AddTo(Below(root, "checkpoint"), experiment.Checkpoint);
        DefaultOptions.AddTo(Below(root, "compute"), experiment.Compute);
        AddData(Below(root, "data"), experiment.Data);
        foreach (var (table, head) in Items(root, "head").Zip(experiment.HeadDefinitions))
        {
            DefaultOptions.AddTo(table, head.Settings);
            DefaultOptions.AddTo(table, head.Table.Options);
        }
        return experiment.Tree with { Root = root,
            Arms = [.. experiment.Tree.Arms.Zip(experiment.ArmDefinitions, Arm)] };
    }

    static void AddData(TableNode table, DataDefinition data)
    {
        DefaultOptions.AddTo(table, data.Settings);
        DefaultOptions.AddTo(table, data.Source.Options);
        foreach (var (name, bound) in ((string, BoundTable?)[])[("tokenizer", data.Tokenizer),
            ("augmentation", data.Augmentation), ("views", data.Views)])
            if (bound is not null) DefaultOptions.AddTo(Below(table, name), bound.Options);
    }

    static ArmTree Arm(ArmTree arm, ArmDefinition definition)
    {
        var tables = arm.Tables.Copy();
        foreach (var (name, bound) in definition.Tables) DefaultOptions.AddTo(Below(tables, name), bound.Options);
        foreach (var item in Items(tables, "objective"))
            DefaultOptions.AddTo(item, definition.Objectives[NamedTables.NameOf(item)!].Options);
        return arm with { Tables = tables };
    }

    /// <summary>A table, made where it is not there.</summary>
    static TableNode Below(TableNode parent, string name)
    {
        if (parent[name] is TableNode there) return there;
        var made = new TableNode(parent.Span);
        parent.Set(name, parent.Span, made);
        return made;
    }

    static IEnumerable<TableNode> Items(TableNode parent, string list) =>
        (parent[list] as ArrayNode)?.Items.Cast<TableNode>() ?? [];
}
