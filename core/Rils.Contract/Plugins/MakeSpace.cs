namespace Rils.Contract;

/// <summary>Makes another shared space of the arm's <c>[space]</c> table. Every arm with that table has this
/// delegate as a component.</summary>
/// <param name="context">The sizes of the two sides that the space joins.</param>
/// <returns>A new module on the CPU, whose parameters are still to be drawn or copied.</returns>
public delegate SharedSpace MakeSpace(SpaceContext context);
