using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>Writes the options that an experiment's file leaves to defaults into its tables.</summary>
static class Resolution
{
    public static ExperimentTree Of(Experiment experiment)
    {
        var root = experiment.Tree.Root.Copy();
        DefaultOptions.AddTo(root, experiment.Settings);
        foreach (var settings in (object[])[experiment.Checkpoint, experiment.Compute])
            DefaultOptions.AddTo(Below(root, EngineTables.NameOf(settings.GetType())), settings);
        AddData(Below(root, "data"), experiment.Data);
        foreach (var (table, head) in root.List("head").Zip(experiment.HeadDefinitions))
        {
            DefaultOptions.AddTo(table, head.Settings);
            DefaultOptions.AddTo(table, head.Table.Options);
            if (head.Source is { } source) DefaultOptions.AddTo(Below(table, "data"), source.Options);
        }
        foreach (var (table, sink) in root.List(ExperimentKeys.Sink).Zip(experiment.SinkDefinitions))
        {
            DefaultOptions.AddTo(table, sink.Settings);
            DefaultOptions.AddTo(table, sink.Table.Options);
        }
        return experiment.Tree with { Root = root,
            Arms = [.. experiment.Tree.Arms.Zip(experiment.ArmDefinitions, Arm)] };
    }

    static void AddData(TableNode table, DataDefinition data)
    {
        DefaultOptions.AddTo(table, data.Settings);
        DefaultOptions.AddTo(table, data.Source.Options);
        foreach (var (key, bound) in data.Tables) DefaultOptions.AddTo(Below(table, key), bound.Options);
    }

    static ArmTree Arm(ArmTree arm, ArmDefinition definition)
    {
        var tables = arm.Tables.Copy();
        foreach (var (name, bound) in definition.Tables)
            DefaultOptions.AddTo(name.Split('.').Aggregate(tables, Below), bound.Options);
        foreach (var item in tables.List("objective"))
            DefaultOptions.AddTo(item, definition.Objectives[NamedTables.NameOf(item)!].Options);
        return arm with { Tables = tables };
    }

    /// <summary>The table of a name, which this method makes where it is missing.</summary>
    static TableNode Below(TableNode parent, string name)
    {
        if (parent[name] is TableNode there) return there;
        var made = new TableNode(parent.Span);
        parent.Set(name, parent.Span, made);
        return made;
    }
}
