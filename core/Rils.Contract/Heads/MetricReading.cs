using System.Text.Json.Serialization;

namespace Rils.Contract;

/// <summary>How a reader judges a <see cref="HeadMetric"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MetricReading>))]
public enum MetricReading
{
    /// <summary>The higher, the better: accuracy, mIoU.</summary>
    [JsonStringEnumMemberName("higher is better")]
    HigherIsBetter,

    /// <summary>The lower, the better: an error, a distance.</summary>
    [JsonStringEnumMemberName("lower is better")]
    LowerIsBetter,

    /// <summary>Neither: what the head chose or found on its way, such as the strength of a penalty.</summary>
    [JsonStringEnumMemberName("neither")]
    Neither,

    /// <summary>A reference for reading the others, such as the number of samples: the number follows from the data
    /// alone, every arm has the same, and tables show the number once.</summary>
    [JsonStringEnumMemberName("reference")]
    Reference,
}
