namespace Rils.Engine.Pretrained;

/// <summary>The parts of an arm that can take trained weights.</summary>
public enum InitModule
{
    /// <summary>The module of <c>[backbone]</c>.</summary>
    Backbone,
    /// <summary>The module of <c>[text]</c>.</summary>
    Text,
    /// <summary>The module of <c>[space]</c>.</summary>
    Space,
    /// <summary>The module of <c>[decoder]</c>.</summary>
    Decoder,
}
