namespace Rils.Scheduling;

/// <summary>Where a value lives: an entity and a type.</summary>
readonly record struct Place(Entity Entity, Type Type);
