using Rils.Contract;

namespace Rils.Engine.Slots;

/// <summary>The arm's backbone as soon as it is made. Systems that read <see cref="Backbone"/> come after the weights;
/// the shapes that decoder and shared space need come before them.</summary>
/// <param name="Module">The module.</param>
sealed record MadeBackbone(Backbone Module);
