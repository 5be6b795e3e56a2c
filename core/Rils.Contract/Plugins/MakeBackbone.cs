namespace Rils.Contract;

/// <summary>Makes the arm's <c>[backbone]</c>, its parameters still to be drawn: a component of the arm.</summary>
public delegate Backbone MakeBackbone();
