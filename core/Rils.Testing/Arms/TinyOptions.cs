using Rils.Contract;

namespace Rils.Testing.Arms;

/// <summary>The options of the kit's own kinds, which have no keys.</summary>
sealed record TinyOptions;

/// <summary>Options of a kind that code gave, as what another kind holds.</summary>
sealed record TinyGivenOptions
{
    /// <summary>The place among all that were given.</summary>
    public int Number { get; init; }
}

/// <summary>Options of the kit's backbone of features alone.</summary>
sealed record TinyColoursOptions : IBackboneOptions
{
    public BackboneShape ShapeFor(int imageSize) => TinyModules.Shape;
}

/// <summary>Tells the shape of the kit's token backbone, and its two layers, before a model is made.</summary>
sealed record TinyTokensOptions : ITokenBackboneOptions, IParameterLayers
{
    public int TopLayer => 1;

    public BackboneShape ShapeFor(int imageSize) => TinyModules.Shape;

    public PatchShape PatchesFor(int imageSize) => TinyModules.Patches(imageSize);

    public int LayerOf(string name) => name.StartsWith("tinyMix", StringComparison.Ordinal) ? 1 : 0;

    public bool IsTokenOrPosition(string name) => name == "tinyClass";
}

/// <summary>Lets the arm be its own teacher, where no plugin has one.</summary>
sealed record TinyTeacherOptions;

/// <summary>Lets the arm's own backbone attend, where no plugin has a teacher that does.</summary>
sealed record TinyAttentionOptions;

/// <summary>Options of the loss that reads features.</summary>
sealed record TinyFeaturesOptions;

/// <summary>Options of the loss that compares images with texts.</summary>
sealed record TinyContrastOptions;

/// <summary>Options of the target: the tokens of the arm's teacher.</summary>
sealed record TinyTargetOptions;

/// <summary>Options of the source.</summary>
sealed record TinySourceOptions
{
    /// <summary>Whether a sample has all components, also those that nobody wants.</summary>
    public bool GivesAll { get; init; }
}
