using System.Text.Json.Serialization;

namespace Rils.Analysis.Findings;

/// <summary>The conclusion over seeds about a difference. The conclusion follows from the simultaneous interval alone,
/// so the two never contradict each other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Finding>))]
public enum Finding
{
    /// <summary>There are fewer than <see cref="Comparison.SeedsNeeded"/> seeds, so there is no conclusion.</summary>
    [JsonStringEnumMemberName("too few seeds")]
    TooFewSeeds,

    /// <summary>The differences have no spread, so there is no interval and no conclusion.</summary>
    [JsonStringEnumMemberName("not testable")]
    NotTestable,

    /// <summary>The interval holds 0, which does not show that there is no difference.</summary>
    [JsonStringEnumMemberName("no difference found")]
    NoDifferenceFound,

    /// <summary>The interval lies above 0: the arm is above the baseline.</summary>
    [JsonStringEnumMemberName("higher")]
    Higher,

    /// <summary>The interval lies below 0: the arm is below the baseline.</summary>
    [JsonStringEnumMemberName("lower")]
    Lower,
}
