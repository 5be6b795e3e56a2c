namespace Rils.Tests.Conforming;

/// <summary>Tells which checks of the kit a test makes fail: those of the argument <c>check</c> of its data, or one
/// that is named here.</summary>
/// <param name="slot">The type whose checks these are.</param>
/// <param name="check">The check's name.</param>
[AttributeUsage(AttributeTargets.Method)]
sealed class WrongForAttribute(Type slot, string? check = null) : Attribute
{
    public Type Slot => slot;

    public string? Check => check;
}
