using System.Text.Json.Serialization;

namespace Rils.Contract;

/// <summary>One number of a head's result, with what a reader must know to judge the number.</summary>
/// <remarks>A metric keeps its reading, unit and chance in every evaluation of a run; comparing arms that declare one
/// metric in two ways is an error.</remarks>
/// <param name="Value">A finite number. Rates are from 0 to 1.</param>
public sealed record HeadMetric(double Value)
{
    /// <summary>How a reader judges the number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MetricReading Reading { get; init; }

    /// <summary>The unit, as tables show it: <c>px</c>, <c>ms</c>; null for a rate, a count, and any other number
    /// without a unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>The value that a guess without a model has on the average; null where there is no such value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Chance { get; init; }
}
