namespace Fixture.Trespass;

/// <summary>The things that a system or head of this plugin can do.</summary>
public enum Deed
{
    /// <summary>Shared mask noise is zeroed.</summary>
    Noise,
    /// <summary>Shared images are zeroed through a view of a detached tensor.</summary>
    Images,
    /// <summary>Shared token ids are changed, in inference mode.</summary>
    Captions,
    /// <summary>Shared images are disposed.</summary>
    DisposeImages,
    /// <summary>Shared noise is changed, and then the system throws.</summary>
    NoiseAndThrow,
    /// <summary>Noise is changed in the backward pass, by a function that is run again there.</summary>
    NoiseInBackward,
    /// <summary>The arm's own sentences are changed.</summary>
    Sentences,
    /// <summary>The arm's own tokens are disposed, as `using` does it.</summary>
    DisposeTokens,
    /// <summary>A parameter of the backbone is changed.</summary>
    Parameter,
    /// <summary>A parameter of the backbone is frozen.</summary>
    Freeze,
    /// <summary>The flat buffer of the weights is changed.</summary>
    Weights,
    /// <summary>Features that other heads read are changed.</summary>
    Features,
    /// <summary>Features that other heads read are disposed.</summary>
    DisposeFeatures,
    /// <summary>The backbone is converted to another type.</summary>
    Convert,
    /// <summary>The gradients of the backbone are taken away.</summary>
    ZeroGradient,
    /// <summary>A number is drawn from libtorch's own generator.</summary>
    Draw,
    /// <summary>Gradients stay switched off after the system.</summary>
    NoGradients,
    /// <summary>The default type of tensors stays changed after the system.</summary>
    DefaultType,
    /// <summary>The default type of tensors stays changed after a Setup system.</summary>
    DefaultTypeInSetup,
    /// <summary>The system calls an operation that has no deterministic form on any device.</summary>
    Unpool,
    /// <summary>Nothing is wrong: dropout that drops nothing, and in-place work on copies.</summary>
    Nothing,
}
