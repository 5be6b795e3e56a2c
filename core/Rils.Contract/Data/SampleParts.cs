namespace Rils.Contract;

/// <summary>The parts that a sample may have beside its image. Nobody judges a part that nobody reads.</summary>
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
