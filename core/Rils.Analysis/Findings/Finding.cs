using System.Text.Json.Serialization;

namespace Rils.Analysis.Findings;

/// <summary>The conclusion over seeds about a difference, at 5%, corrected for the number of arms.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Finding>))]
public enum Finding
{
    /// <summary>There are fewer than <see cref="Comparison.SeedsNeeded"/> seeds, so there is no conclusion.</summary>
    [JsonStringEnumMemberName("too few seeds")]
    TooFewSeeds,

    /// <summary>The test found no difference, which does not show that there is none.</summary>
    [JsonStringEnumMemberName("no difference found")]
    NoDifferenceFound,

    /// <summary>The arm is above the baseline.</summary>
    [JsonStringEnumMemberName("higher")]
    Higher,

    /// <summary>The arm is below the baseline.</summary>
    [JsonStringEnumMemberName("lower")]
    Lower,
}
