namespace Rils.Scheduling;

/// <summary>Values as they were when they were taken in.</summary>
public interface IStock
{
    /// <summary>Takes in a value as it is now, in place of the one that it had from there.</summary>
    /// <param name="place">Where it comes from.</param>
    /// <param name="value">The value, or null for none.</param>
    void Put(object place, object? value);

    /// <summary>Forgets all.</summary>
    void Clear();

    /// <summary>Compares all values with what they were.</summary>
    /// <param name="allowed">What these hold, too, may have changed; it counts as it is now.</param>
    /// <returns>What a system did, for a sentence that begins with who did it: <c>changes MaskNoise in place</c>; null
    /// where all are as they were.</returns>
    string? Change(IReadOnlyList<object> allowed);
}
