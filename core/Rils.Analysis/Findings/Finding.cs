using System.Text.Json.Serialization;

namespace Rils.Analysis.Findings;

/// <summary>What the seeds say of a difference, at 5%, corrected for the number of arms.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Finding>))]
public enum Finding
{
    /// <summary>Fewer than <see cref="Comparison.SeedsNeeded"/>: nothing is concluded.</summary>
    [JsonStringEnumMemberName("too few seeds")]
    TooFewSeeds,

    /// <summary>Which does not say that there is none.</summary>
    [JsonStringEnumMemberName("no difference found")]
    NoDifferenceFound,

    /// <summary>The arm is above the baseline.</summary>
    [JsonStringEnumMemberName("higher")]
    Higher,

    /// <summary>The arm is below the baseline.</summary>
    [JsonStringEnumMemberName("lower")]
    Lower,
}
