using System.ComponentModel.DataAnnotations;
using Rils.Contract;

namespace Rils.Engine.Pretrained;

/// <summary>Options of <c>[init]</c>: the arm starts from trained weights instead of drawn ones.</summary>
public sealed record InitOptions : PretrainedOptions
{
    /// <summary>The parts that take the weights. Not given: every part of the arm for which the weights have
    /// tensors.</summary>
    [MinLength(1)]
    public IReadOnlyList<InitModule>? Parts { get; init; }

    /// <summary>The parts that take the weights and are not trained: <c>["backbone"]</c> is LiT (Zhai et al.
    /// 2022).</summary>
    public IReadOnlyList<InitModule> Freeze { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext context) => base.Validate(context).Concat(
        from part in Freeze.Distinct()
        where Parts is not null && !Parts.Contains(part)
        select new ValidationResult($"`freeze` names {InitModules.Key(part)}, which `parts` does not: "
            + "a frozen part that was never trained is noise; take it too", [nameof(Freeze)]));
}
