using System.Text.Json.Serialization;

namespace Rils.Analysis.Findings;

/// <summary>Why an interval cannot be computed: the differences have no spread beyond the rounding of their numbers, so
/// they do not show how far others would lie from them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Degenerate>))]
public enum Degenerate
{
    /// <summary>The arm and the baseline have the same outcomes.</summary>
    [JsonStringEnumMemberName("identical outcomes")]
    IdenticalOutcomes,

    /// <summary>All differences are the same number, which is not 0.</summary>
    [JsonStringEnumMemberName("constant difference")]
    ConstantDifference,
}
