namespace Rils.Scheduling;

/// <summary>Remembers values as they were at a moment, to find out later whether they have changed.</summary>
public interface IStock
{
    /// <summary>Remembers a value as it is now. A value that was remembered for the same place is forgotten.</summary>
    /// <param name="place">The value's place: an object that identifies it, compared by reference.</param>
    /// <param name="value">The value; null where the place has none.</param>
    void Put(object place, object? value);

    /// <summary>Forgets all values.</summary>
    void Clear();

    /// <summary>Compares all values with their remembered state.</summary>
    /// <param name="allowed">Values that the system declares to update: a change of them, or of anything that they
    /// hold, is allowed, and their present state is remembered.</param>
    /// <returns>The end of a sentence that says the system's deed: <c>changes MaskNoise in place</c>. Null where no
    /// value has changed.</returns>
    string? Change(IReadOnlyList<object> allowed);
}
