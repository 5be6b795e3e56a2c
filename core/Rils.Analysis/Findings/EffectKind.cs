using System.Text.Json.Serialization;

namespace Rils.Analysis.Findings;

/// <summary>The comparison that an effect makes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EffectKind>))]
public enum EffectKind
{
    /// <summary>A level of a factor less the factor's reference level.</summary>
    [JsonStringEnumMemberName("level")]
    Level,

    /// <summary>The change along the line that fits the levels of a factor of numbers, from the lowest to the
    /// highest.</summary>
    [JsonStringEnumMemberName("trend")]
    Trend,

    /// <summary>The effect of one factor's level at another factor's level, less its effect at that one's reference
    /// level: 0 where the two factors add up.</summary>
    [JsonStringEnumMemberName("interaction")]
    Interaction,
}
