namespace Rils.Scheduling;

/// <summary>What a system does with a type.</summary>
public enum Access
{
    /// <summary><c>in T</c>: reads it; the system runs only where there is one.</summary>
    Read,
    /// <summary><c>in Maybe&lt;T&gt;</c>: reads it where there is one.</summary>
    ReadMaybe,
    /// <summary><c>in Collected&lt;T&gt;</c>: reads what others appended; at least one must.</summary>
    Collect,
    /// <summary><c>Append&lt;T&gt;</c>: adds to a collection.</summary>
    Append,
    /// <summary><c>ref T</c>: changes it.</summary>
    Update,
    /// <summary><c>out T</c>: makes it.</summary>
    Create,
}
