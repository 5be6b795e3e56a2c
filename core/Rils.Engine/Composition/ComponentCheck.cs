using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Checks that the sources give the components of samples that systems and heads read.</summary>
/// <param name="problems">The list that takes mistakes.</param>
sealed class ComponentCheck(Problems problems)
{
    /// <summary>Checks the training data.</summary>
    /// <param name="plan">The plan of all arms.</param>
    /// <param name="source">The training data.</param>
    /// <param name="table">The table of the source.</param>
    public void Check(Plan plan, ISource source, BoundTable table)
    {
        foreach (var system in plan.Shared.Systems)
            foreach (var type in ComponentReading.Read(system).Select(ComponentReading.Given))
                Check(type, $"{system.Name} of {system.Definition.Origin}", source, table, table.Span);
    }

    /// <summary>Checks the data of a head.</summary>
    public void Check(HeadDefinition head, IHead made, ISource source, BoundTable table)
    {
        foreach (var type in made.Reads) Check(type, $"head {head.Name}", source, table, head.DataSpan);
    }

    void Check(Type type, string reader, ISource source, BoundTable table, SourceSpan at)
    {
        if (source.Components.Contains(type)) return;
        var given = source.Components.Count == 0 ? "nothing beside images"
            : $"a {string.Join(", a ", source.Components.Select(Sample.NameOf))}";
        problems.Add(at, $"{reader} reads the {Sample.NameOf(type)} of each sample, and kind = \"{table.Entry.Kind}\" "
            + $"gives {given}: take a source that gives it, or drop what reads it");
    }
}
