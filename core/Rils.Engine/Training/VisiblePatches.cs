using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>The numbers of visible patches of a masking, which may differ from step to step. A component of the arms
/// whose mask a system of a plugin makes.</summary>
sealed class VisiblePatches
{
    /// <summary>The most steps that are looked at.</summary>
    const long Most = 1000;

    readonly Func<long, int, int> told;
    readonly long steps;

    /// <summary>The numbers of a masking that is made from noise, the same in every step.</summary>
    public VisiblePatches(IMasking masking) =>
        (told, steps, Teller) = ((_, patches) => masking.Visible(patches), 1, masking);

    /// <summary>The numbers that options tell.</summary>
    /// <param name="options">The options.</param>
    /// <param name="steps">The number of steps of the run.</param>
    public VisiblePatches(IMaskingOptions options, long steps) => (told, this.steps, Teller) =
        ((step, patches) => options.Visible(patches, step, steps), steps, options);

    /// <summary>The object that tells the numbers, for messages.</summary>
    public object Teller { get; }

    /// <summary>The number of visible patches of each image in a step.</summary>
    public int In(long step, int patches) => told(step, patches);

    /// <summary>The steps at which a run of any length is looked at: evenly spread, with the first and the
    /// last.</summary>
    public IEnumerable<long> Looked()
    {
        var count = Math.Min(steps, Most);
        for (var place = 0L; place < count; place++)
            yield return count == 1 ? 0 : (long)((Int128)(steps - 1) * place / (count - 1));
    }

    /// <summary>The numbers of an arm's masking; null for an arm without a <c>[masking]</c>.</summary>
    public static VisiblePatches? Of(Entity arm, Runner runner) => runner.Find<IMasking>(arm) is { } masking
        ? new(masking) : runner.Find<VisiblePatches>(arm);
}
