using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Scheduling;

namespace Rils.Analysis.Report.Sections;

/// <summary>The plan by lane and stage, the arms side by side.</summary>
static class ScheduleSection
{
    sealed record Row(string Lane, Stage Stage, IReadOnlyList<IReadOnlyList<PlannedSystem>> Cells);

    public static Section Of(ReportSource source)
    {
        var notes = source.Schedule.Notes.Select(Table.Note);
        return new("schedule", "Schedule", source.Schedule.Plan is { } plan ? Markup.Of($"{notes}{Picture(source, plan)}") : Markup.Join(notes));
    }

    static Markup Picture(ReportSource source, Plan plan)
    {
        EntityPlan[] columns = [plan.Shared, .. plan.Arms];
        Row[] rows = [.. from stage in Enum.GetValues<Stage>()
                         let cells = columns.Select(column => (IReadOnlyList<PlannedSystem>)[.. column.In(stage)]).ToArray()
                         where cells.Any(cell => cell.Count > 0)
                         select new Row(LaneOf(stage), stage, cells)];
        return Markup.Of($"""
            <p class="caption">A tick from top to bottom. What not every arm runs has a thick border; a dashed one may rest in some ticks.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Schedule"><table class="schedule" aria-label="Schedule">
            <thead><tr><th scope="col">lane</th><th scope="col">stage</th><th scope="col">once per world</th>{plan.Arms.Select(arm => Markup.Of($"<th scope=\"col\">{source.ArmLabel(arm.Entity.Name)}</th>"))}</tr></thead>
            {rows.GroupBy(row => row.Lane).Select(lane => Lane(lane.Key, [.. lane], plan))}{Pruned(columns, source.Schedule.NameOf)}</table></div>
            <p class="note">{Arrows(PlanText.Legend)}</p>

            """);
    }

    static Markup Lane(string lane, IReadOnlyList<Row> rows, Plan plan) => Markup.Of($"""
        <tbody>
        {rows.Index().Select(row => Markup.Of($"""
            <tr>{(row.Index == 0 ? Markup.Of($"<th scope=\"rowgroup\" rowspan=\"{rows.Count}\">{lane}</th>") : Markup.None)}<th scope="row">{row.Item.Stage.ToString()}</th>{row.Item.Cells.Select(cell => Cell(cell, plan))}</tr>

            """))}</tbody>

        """);

    static Markup Cell(IReadOnlyList<PlannedSystem> systems, Plan plan) => Markup.Of($"<td>{(systems.Count == 0 ? Markup.None : Markup.Of($"<ol>{systems.Select(system => Step(system, plan))}</ol>"))}</td>");

    static Markup Step(PlannedSystem system, Plan plan)
    {
        var own = !plan.Shared.Systems.Contains(system) && !plan.Arms.All(arm => arm.Systems.Any(other => other.Name == system.Name));
        return Markup.Of($"""<li class="system{(own ? " own" : "")}{(system.IsConditional ? " resting" : "")}"><strong>{system.Name}</strong><small>{Arrows(PlanText.Flow(system))}</small></li>""");
    }

    static Markup Pruned(IReadOnlyList<EntityPlan> columns, Func<Type, string?>? nameOf) => columns.All(column => column.Pruned.Count == 0) ? Markup.None : Markup.Of($"""
        <tbody><tr class="pruned"><th scope="row" colspan="2">left out</th>{columns.Select(column => Markup.Of($"<td><ul>{column.Pruned.OrderBy(pruned => pruned.Definition.Name, StringComparer.Ordinal)
            .Select(pruned => Markup.Of($"<li>{pruned.Definition.Name}<small>{PlanText.Reason(pruned, nameOf)}</small></li>"))}</ul></td>"))}</tr></tbody>

        """);

    /// <summary>Lines would break within the two characters.</summary>
    static string Arrows(string plain) => plain.Replace("->", "→");

    static string LaneOf(Stage stage) => stage switch
    {
        Stage.Setup => "once, before the first tick",
        Stage.Load or Stage.Prepare => "host lane, up to two frames ahead",
        _ => "device lane, arm after arm",
    };
}
