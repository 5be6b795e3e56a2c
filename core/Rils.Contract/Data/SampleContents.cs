namespace Rils.Contract;

/// <summary>The parts that a sample may have beside its image. The engine does not judge a part that no one
/// reads.</summary>
[Flags]
public enum SampleContents
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The caption: <see cref="Sample.Caption"/>.</summary>
    Caption = 1,

    /// <summary>The class number: <see cref="Sample.Class"/>.</summary>
    Class = 2,
}
