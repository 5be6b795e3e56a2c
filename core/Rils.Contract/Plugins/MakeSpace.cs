namespace Rils.Contract;

/// <summary>Makes the arm's <c>[space]</c>, its parameters still to be drawn: a component of the arm.</summary>
public delegate SharedSpace MakeSpace(SpaceContext context);
