using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Scheduling;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows the plan by lane and stage, the arms side by side.</summary>
static class ScheduleSection
{
    const string Caption = "A tick from top to bottom. A thick border marks a system that not every arm runs, "
        + "a dashed border one that may rest in some ticks.";

    static Markup Open => Markup.Of(
        $"""<div class="scroll" tabindex="0" role="region" aria-label="Schedule">"""
        + $"""<table class="schedule" aria-label="Schedule">""");

    sealed record Row(string Lane, Stage Stage, IReadOnlyList<IReadOnlyList<PlannedSystem>> Cells);

    public static Section Of(ReportSource source) => new("schedule", "Schedule", source.Schedules is [var only]
        ? Body(source, only) : Markup.Join(source.Schedules.Index().Select(of =>
            Table.Folded(of.Item.Run.Name, Body(source, of.Item), isOpen: of.Index == 0))));

    static Markup Body(ReportSource source, SourceSchedule of)
    {
        var notes = of.Schedule.Notes.Select(Table.Note);
        return of.Schedule.Plan is { } plan ? Markup.Of($"{notes}{Picture(source, of, plan)}") : Markup.Join(notes);
    }

    static Markup Picture(ReportSource source, SourceSchedule of, Plan plan)
    {
        EntityPlan[] columns = [plan.Shared, .. plan.Arms];
        Row[] rows = [.. from stage in Enum.GetValues<Stage>()
                         let cells = columns
                             .Select(IReadOnlyList<PlannedSystem> (column) => [.. column.In(stage)]).ToArray()
                         where cells.Any(cell => cell.Count > 0)
                         select new Row(LaneOf(stage), stage, cells)];
        var heads = ((string[])["lane", "stage", "once per world"])
            .Select(name => Markup.Of($"<th scope=\"col\">{name}</th>"));
        var arms = plan.Arms.Select(arm =>
            Markup.Of($"<th scope=\"col\">{source.ArmLabel(of.Run.NameOf(arm.Entity.Name))}</th>"));
        var lanes = rows.GroupBy(row => row.Lane).Select(lane => Lane(lane.Key, [.. lane], plan));
        return Markup.Of($"""
            <p class="caption">{Caption}</p>
            {Open}
            <thead><tr>{heads}{arms}</tr></thead>
            {lanes}{Pruned(columns, of.Schedule.NameOf)}</table></div>
            <p class="note">{Arrows(PlanText.Legend)}</p>

            """);
    }

    static Markup Lane(string lane, IReadOnlyList<Row> rows, Plan plan)
    {
        var name = Markup.Of($"<th scope=\"rowgroup\" rowspan=\"{rows.Count}\">{lane}</th>");
        return Markup.Of($"""
            <tbody>
            {rows.Index().Select(row => StageRow(row.Index == 0 ? name : Markup.None, row.Item, plan))}</tbody>

            """);
    }

    static Markup StageRow(Markup lane, Row row, Plan plan) => Markup.Of(
        $"<tr>{lane}<th scope=\"row\">{row.Stage.ToString()}</th>{row.Cells.Select(cell => Cell(cell, plan))}</tr>\n");

    static Markup Cell(IReadOnlyList<PlannedSystem> systems, Plan plan)
    {
        var list = systems.Count == 0
            ? Markup.None : Markup.Of($"<ol>{systems.Select(system => Step(system, plan))}</ol>");
        return Markup.Of($"<td>{list}</td>");
    }

    static Markup Step(PlannedSystem system, Plan plan)
    {
        var isOwn = !plan.Shared.Systems.Contains(system)
            && !plan.Arms.All(arm => arm.Systems.Any(other => other.Name == system.Name));
        var marks = (isOwn ? " own" : "") + (system.IsConditional ? " resting" : "");
        return Markup.Of(
            $"""<li class="system{marks}"><strong>{system.Name}</strong>"""
            + $"""<small>{Arrows(PlanText.Flow(system))}</small></li>""");
    }

    static Markup Pruned(IReadOnlyList<EntityPlan> columns, Func<Type, string?>? nameOf)
    {
        if (columns.All(column => column.Pruned.Count == 0)) return Markup.None;
        var cells = columns.Select(column => Markup.Of(
            $"<td><ul>{column.Pruned.OrderBy(pruned => pruned.Definition.Name, StringComparer.Ordinal)
                .Select(pruned => LeftOut(pruned, nameOf))}</ul></td>"));
        return Markup.Of($"""
            <tbody><tr class="pruned"><th scope="row" colspan="2">left out</th>{cells}</tr></tbody>

            """);
    }

    static Markup LeftOut(PrunedSystem pruned, Func<Type, string?>? nameOf) => Markup.Of(
        $"<li>{pruned.Definition.Name}<small>{PlanText.Reason(pruned, nameOf)}</small></li>");

    /// <summary>Writes <c>-></c> as one character, so that no line breaks within the arrow.</summary>
    static string Arrows(string plain) => plain.Replace("->", "→");

    static string LaneOf(Stage stage) => stage switch
    {
        Stage.Setup => "once, before the first tick",
        Stage.Load or Stage.Prepare => "host lane, up to two frames ahead",
        _ => "device lane, arm after arm",
    };
}
