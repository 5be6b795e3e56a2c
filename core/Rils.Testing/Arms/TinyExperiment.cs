using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Testing.Arms;

/// <summary>Makes experiments of the kit's arm with kinds of the plugin under test.</summary>
/// <param name="registry">The kinds of the plugin, and of <see cref="TinyPlugin"/>.</param>
/// <param name="own">The kit's own plugin.</param>
/// <param name="plugin">The plugin's name.</param>
/// <param name="image">The side of the images, in pixels.</param>
/// <param name="source">The plugin's own source, with the pattern of its data; null for the kit's.</param>
sealed class TinyExperiment(
    PluginRegistry registry, TinyPlugin own, string plugin, int image, (ArmPart Part, string Pattern)? source)
{
    /// <summary>The names of the arms: that of the kinds; for heads also one without texts, and one of features
    /// alone.</summary>
    public const string Arm = "tiny", WithoutTexts = "without-texts", OfFeatures = "of-features";

    /// <summary>The number of steps of a whole run.</summary>
    public const int Steps = 4;

    static readonly SourceSpan here = SourceSpan.WholeFile("the kit's experiment");

    /// <summary>Makes an experiment with an arm that has the parts.</summary>
    /// <param name="parts">Kinds and components, at most one of each table but <c>[[objective]]</c>.</param>
    /// <param name="form">How the experiment is run.</param>
    /// <exception cref="ExperimentException">The arm lacks something that a part needs, or a part refuses its
    /// options.</exception>
    public Experiment Of(IReadOnlyList<ArmPart> parts, ArmForm form)
    {
        var tree = Read(Text(form, Origins(parts), source?.Pattern));
        SetSource(tree, form);
        SetParts(tree, parts);
        return Load(tree);
    }

    /// <summary>The arms whose weights the parts take.</summary>
    static IEnumerable<string> Origins(IReadOnlyList<ArmPart> parts) => parts.Select(part => part.Options)
        .OfType<PretrainedOptions>().Where(options => options.Run is null).Select(options => options.From)
        .OfType<string>();

    void SetParts(ExperimentTree tree, IReadOnlyList<ArmPart> parts)
    {
        var arm = tree.Arms.Single(arm => arm.Name == Arm).Tables;
        foreach (var (table, kind) in Usual(parts)) arm.Set(table, here, Table(kind));
        foreach (var part in parts) Set(tree, arm, part);
    }

    /// <summary>Makes an experiment with a head, and three arms that have more and less of what heads read.</summary>
    /// <param name="head">The head.</param>
    /// <param name="parts">Kinds and components of the first arm.</param>
    /// <param name="form">How the experiment is run.</param>
    /// <exception cref="ExperimentException">The head refuses its options.</exception>
    public Experiment OfHead(ArmPart head, IReadOnlyList<ArmPart> parts, ArmForm form)
    {
        var tree = Read(Text(form, Origins(parts), source?.Pattern) + $"""

            [[arm]]
            name      = "{WithoutTexts}"
            text      = "none"
            space     = "none"
            objective = [{"{"} kind = "{TinyPlugin.Features}" {"}"}]

            [[arm]]
            name      = "{OfFeatures}"
            backbone  = {"{"} kind = "{TinyPlugin.Features}" {"}"}
            text      = "none"
            space     = "none"
            objective = [{"{"} kind = "{TinyPlugin.Features}" {"}"}]
            """);
        SetSource(tree, form);
        SetParts(tree, parts);
        var table = Table(head.Entry.Name!);
        table.Set("data", here, new ScalarNode(here, ((TableNode)tree.Root["data"]!).Text("train")!));
        AddTo(table, head.Options);
        tree.Root.Set("head", here, new ArrayNode(here, [table]));
        return Load(tree);
    }

    Experiment Load(ExperimentTree tree) =>
        new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance).Load(tree);

    void SetSource(ExperimentTree tree, ArmForm form)
    {
        var data = (TableNode)tree.Root["data"]!;
        data.Set("kind", here, new ScalarNode(here, source?.Part.Entry.Name ?? TinyPlugin.Kind));
        AddTo(data, source?.Part.Options ?? new TinySourceOptions { GivesAll = form.GivesAll });
    }

    static ExperimentTree Read(string text)
    {
        var problems = new Problems();
        var tree = ExperimentReader.ReadText(text, here.File, ExperimentKeys.All, problems);
        problems.ThrowIfAny();
        return tree!;
    }

    string Text(ArmForm form, IEnumerable<string> origins, string? pattern) => $"""
        name      = "tiny"
        steps     = {Steps}
        precision = "{form.Precision}"
        compute.parts = {form.Parts}
        optimizer.kind = "{TinyPlugin.Kind}"
        schedule.kind  = "{TinyPlugin.Kind}"
        backbone.kind  = "{TinyPlugin.Kind}"
        text.kind      = "{TinyPlugin.Kind}"
        space.kind     = "{TinyPlugin.Kind}"
        data.train     = "{pattern ?? "tiny"}"
        data.batch     = {form.Batch}
        data.image     = {image}
        data.tokenizer.kind    = "{TinyPlugin.Kind}"
        data.augmentation.kind = "{TinyPlugin.Kind}"
        data.views.kind        = "{TinyPlugin.Kind}"

        [[objective]]
        kind = "{TinyPlugin.Features}"

        [[objective]]
        kind = "tiny-contrast"

        {string.Concat(origins.Distinct().Where(name => name != Arm).Append(Arm).Select(name => $"""

            [[arm]]
            name = "{name}"
            {(Makes(typeof(TextEmbedding)) ? "text = \"none\"" : "")}

            """))}
        """;

    /// <summary>The tables that the arm has beside those at the root: masking, decoder and target where the backbone
    /// has a masked pass, and where a plugin has none a teacher, and one that attends where the backbone
    /// does.</summary>
    IEnumerable<(string Table, string? Kind)> Usual(IReadOnlyList<ArmPart> parts)
    {
        var backbone = parts.FirstOrDefault(part => part.Entry.Slot == typeof(Backbone))?.Entry.Class;
        if (backbone?.IsAssignableTo(typeof(IMaskedBackbone)) ?? true)
            foreach (var table in (string[])["masking", "decoder", "target"])
                if (!parts.Any(part => part.Entry.Table == table)) yield return (table, TinyPlugin.Kind);
        if ((backbone?.IsAssignableTo(typeof(ITokenBackbone)) ?? true) && !Makes(typeof(TeacherTokens)))
            yield return (TinyPlugin.Teacher, null);
        if ((backbone?.IsAssignableTo(typeof(IAttentionMaps)) ?? true) && !Makes(typeof(TeacherAttention)))
            yield return (TinyPlugin.Attention, null);
    }

    /// <summary>Whether a system of the plugin makes a value.</summary>
    bool Makes(Type value) => registry.Systems.Where(system => system.Origin == plugin)
        .SelectMany(system => system.Parameters).Any(made => made == new SystemParameter(value, Access.Create));

    void Set(ExperimentTree tree, TableNode arm, ArmPart part)
    {
        var table = Table(part.Entry.Name);
        AddTo(table, part.Options);
        if (part.Entry.Table == "objective")
            arm.Set("objective", here, new ArrayNode(here, [.. arm.List("objective"), table]));
        else if (part.Entry.Table.StartsWith("data.", StringComparison.Ordinal))
            ((TableNode)tree.Root["data"]!).Set(part.Entry.Table["data.".Length..], here, table);
        else arm.Set(part.Entry.Table, here, table);
    }

    /// <summary>Writes options into a table; what the kind holds becomes a kind of the kit.</summary>
    void AddTo(TableNode table, object options)
    {
        DefaultOptions.AddTo(table, options, withPaths: true);
        foreach (var property in OptionProperty.Of(options.GetType()))
            if (property.Property.GetValue(options) is IWrapped { Table: null } wrapped)
            {
                var held = Table(TinyPlugin.Given);
                held.Set("number", here, new ScalarNode(here, own.NumberOf(wrapped)));
                table.Set(property.Key, here, held);
            }
    }

    static TableNode Table(string? kind)
    {
        var table = new TableNode(here);
        if (kind is not null) table.Set("kind", here, new ScalarNode(here, kind));
        return table;
    }
}
