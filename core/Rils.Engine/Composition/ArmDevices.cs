using Rils.Configuration;
using Rils.Engine.Native;

namespace Rils.Engine.Composition;

/// <summary>The devices that the arms of an experiment compute on.</summary>
static class ArmDevices
{
    const string Between = ", ";

    /// <summary>Joins the devices of all arms into one text, as manifests and titles show it: <c>cuda:0, cuda:1</c>.
    /// The device of the arms that name none comes first.</summary>
    /// <param name="tree">The experiment.</param>
    /// <param name="usual">The device of the arms that name none.</param>
    /// <returns><paramref name="usual"/> itself where no arm names another.</returns>
    public static string Of(ExperimentTree tree, string usual)
    {
        if (tree.Arms.All(arm => arm.Device is null)) return usual;
        return string.Join(Between, tree.Arms.Select(arm => On(arm, usual)).Distinct()
            .OrderBy(device => device != usual).ThenBy(device => device, StringComparer.Ordinal));
    }

    /// <summary>Splits the text that <see cref="Of"/> makes into single devices.</summary>
    public static IReadOnlyList<string> Each(string devices) => devices.Split(Between);

    /// <summary>Reports arms on devices that this machine lacks.</summary>
    public static void RequireHere(ExperimentTree tree, Problems problems)
    {
        foreach (var arm in tree.Arms.Where(arm => arm.Device is not null))
            if (TorchDevices.LackOf(On(arm, "")) is { } lack)
                problems.Add(SpanOf(arm), $"{Title(arm)}: {lack}. Name another device, or drop the key: the arm then "
                    + "computes where --device says");
    }

    /// <summary>Reports arms on devices that this machine lacks, and arms of one run on devices of two kinds, whose
    /// precision and algorithms would differ.</summary>
    /// <param name="tree">The experiment.</param>
    /// <param name="usual">The device of the arms that name none.</param>
    /// <param name="problems">The list that takes mistakes.</param>
    public static void Require(ExperimentTree tree, string usual, Problems problems)
    {
        var before = problems.Count;
        RequireHere(tree, problems);
        if (problems.Count > before) return;
        foreach (var arm in tree.Arms.Where(arm => arm.Device is not null))
            if (tree.Arms.FirstOrDefault(other => KindOf(On(other, usual)) != KindOf(On(arm, usual))) is { } other)
                problems.Add(SpanOf(arm), $"{Title(arm)} beside arm {other.Name} on {On(other, usual)}: arms of one "
                    + "run compute on devices of one kind, with one precision and like algorithms. Give all arms a "
                    + "CUDA device (--device is that of the arms that name none), or drop the key");
    }

    /// <summary>The place in the file where an arm names its device.</summary>
    public static SourceSpan SpanOf(ArmTree arm) => arm.Tables[ArmTree.DeviceKey]!.Span;

    /// <summary>The device of an arm.</summary>
    static string On(ArmTree arm, string usual) =>
        arm.Device is { } given ? TorchDevices.NameOf(given) ?? given : usual;

    static string KindOf(string device) => device.Split(':')[0];

    static string Title(ArmTree arm) => $"arm {arm.Name}: device = \"{arm.Device}\"";
}
