using Rils.Engine.Plugins;

namespace Rils.Testing.Arms;

/// <summary>A kind with its options, which an arm of the kit takes in place of its own.</summary>
/// <param name="Entry">The kind.</param>
/// <param name="Options">The options.</param>
sealed record ArmPart(KindEntry Entry, object Options);
