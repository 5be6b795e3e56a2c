using Rils.Abstractions;

namespace Rils.Engine.Origins;

/// <summary>Options of <c>[init]</c>: the arm starts from trained weights instead of drawn ones.</summary>
public sealed record InitOptions : WeightsOrigin;
