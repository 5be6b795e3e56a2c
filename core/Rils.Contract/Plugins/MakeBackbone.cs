namespace Rils.Contract;

/// <summary>Makes another backbone of the arm's <c>[backbone]</c> table. The engine gives it to every arm with that
/// table as a component.</summary>
/// <returns>A new module on the CPU, whose parameters are still to be drawn or copied.</returns>
public delegate Backbone MakeBackbone();
