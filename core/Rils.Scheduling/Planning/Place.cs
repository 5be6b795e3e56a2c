namespace Rils.Scheduling;

/// <summary>The place of a value: an entity and a type.</summary>
readonly record struct Place(Entity Entity, Type Type);
