using Rils.Configuration;

namespace Rils.Engine.Sweeps;

/// <summary>A key of <c>[sweep]</c> with its values.</summary>
/// <param name="Path">The parts of the key, without <c>arm.NAME</c>: <c>masking</c>, <c>ratio</c>.</param>
/// <param name="Arm">The one arm that the key is for; null for all arms that have its table, and for a key of the
/// runs.</param>
/// <param name="At">The place of the key.</param>
/// <param name="Values">The values: at least one, and none twice.</param>
/// <param name="Holders">The arms that have the key's table; empty for a key of the runs.</param>
sealed record SweepKey(
    IReadOnlyList<string> Path, string? Arm, SourceSpan At, IReadOnlyList<TomlNode> Values,
    IReadOnlyList<string> Holders)
{
    /// <summary>The key as <c>--set</c> takes it: <c>arm.rils.masking.ratio</c>.</summary>
    public string Name => Arm is null ? OwnName : $"arm.{Arm}.{OwnName}";

    /// <summary>The key without the arm.</summary>
    public string OwnName => string.Join('.', Path);

    /// <summary>Whether the key gives the kind of a table of arms, which decides what else is read.</summary>
    public bool IsKindOfArms => !IsOfRuns && Path[^1] == "kind";

    /// <summary>Whether the key is the same for all arms, so that each of its values needs a run.</summary>
    public bool IsOfRuns => Arm is null && SweepReader.OfRuns.Contains(Path[0]);
}
