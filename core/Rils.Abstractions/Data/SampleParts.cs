namespace Rils.Abstractions;

/// <summary>What a sample may have beside its image. A part that nobody reads is not judged.</summary>
[Flags]
public enum SampleParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its text.</summary>
    Caption = 1,

    /// <summary>Its class number.</summary>
    Class = 2,
}
