namespace Rils.Scheduling;

/// <summary>The way in which a system uses a type.</summary>
public enum Access
{
    /// <summary><c>in T</c>: reads a value; the system runs only where there is one.</summary>
    Read,
    /// <summary><c>in Maybe&lt;T&gt;</c>: reads a value where there is one, and runs where there is none.</summary>
    ReadMaybe,
    /// <summary><c>in Collected&lt;T&gt;</c>: reads what systems appended; the system runs only where at least one
    /// appends.</summary>
    Collect,
    /// <summary><c>Append&lt;T&gt;</c>: adds to a collection.</summary>
    Append,
    /// <summary><c>ref T</c>: reads and changes a value.</summary>
    Update,
    /// <summary><c>out T</c>: makes a value.</summary>
    Create,
    /// <summary><see cref="SystemOptions.Requires{T}"/>: runs only where there is a value, which the method does not
    /// get.</summary>
    Require,
    /// <summary><see cref="SystemOptions.After{T}"/>: comes behind the systems that make, change or append, and reads
    /// nothing.</summary>
    Follow,
}
