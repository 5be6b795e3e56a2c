using System.Globalization;

namespace Rils.Configuration.Settings;

/// <summary>How often something happens: <c>500</c> (steps), <c>"1 epoch"</c>, <c>"10 minutes"</c>.</summary>
/// <param name="Count">The number of units, at least 1.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct Period(long Count, PeriodUnit Unit)
{
    /// <summary>The texts that <see cref="Parse"/> reads, for messages.</summary>
    public const string Forms = "500 (steps), \"500 steps\", \"2 epochs\" or \"10 minutes\"";

    /// <summary>Reads a text in one of the <see cref="Forms"/>.</summary>
    /// <exception cref="FormatException">The text has none of the forms; the message lists them.</exception>
    public static Period Parse(string text) =>
        TryParse(text, out var period) ? period : throw new FormatException($"\"{text}\" is no period: write {Forms}");

    /// <summary>Reads a text in one of the <see cref="Forms"/>; false for another text and for a count below
    /// 1.</summary>
    public static bool TryParse(string text, out Period period)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        PeriodUnit? unit = words switch
        {
            [_] or [_, "step" or "steps"] => PeriodUnit.Steps,
            [_, "epoch" or "epochs"] => PeriodUnit.Epochs,
            [_, "minute" or "minutes"] => PeriodUnit.Minutes,
            _ => null,
        };
        period = default;
        if (unit is null || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count < 1)
            return false;
        period = new Period(count, unit.Value);
        return true;
    }

    /// <summary>The period in optimizer steps; null for a period in minutes.</summary>
    public long? InSteps(long stepsPerEpoch) => Unit switch
    {
        PeriodUnit.Steps => Count,
        PeriodUnit.Epochs => Count > long.MaxValue / stepsPerEpoch ? long.MaxValue : Count * stepsPerEpoch,
        _ => null,
    };

    /// <summary>Writes <c>1 epoch</c>, <c>500 steps</c>.</summary>
    public override string ToString()
    {
        var unit = Unit.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{Count} {(Count == 1 ? unit[..^1] : unit)}");
    }
}
