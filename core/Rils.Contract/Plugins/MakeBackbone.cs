namespace Rils.Contract;

/// <summary>Makes another backbone of the arm's <c>[backbone]</c> table. Every arm with that table has this
/// delegate as a component.</summary>
/// <returns>A new module on the CPU, whose parameters are still to be drawn or copied.</returns>
public delegate Backbone MakeBackbone();
