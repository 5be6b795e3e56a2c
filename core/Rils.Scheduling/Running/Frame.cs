namespace Rils.Scheduling;

/// <summary>The values that the host lane made for one tick. Device lanes copy the references; nobody changes what they
/// point to, and a watch sees to that.</summary>
sealed class Frame(long step, IReadOnlyList<(Place Place, object? Value)> values, int lanes, Action taken)
{
    int untaken = lanes, unfinished = lanes;

    public long Step => step;

    /// <summary>A device lane starts with it; when the last one does, the host lane may fill another.</summary>
    public void Take(Store store)
    {
        store.Write(values);
        if (Interlocked.Decrement(ref untaken) == 0) taken();
    }

    /// <summary>A device lane is done with it; after the last one its disposable values go.</summary>
    public void Finish()
    {
        if (Interlocked.Decrement(ref unfinished) == 0) Dispose();
    }

    public void Dispose()
    {
        foreach (var (place, value) in values)
        {
            try
            {
                (value as IDisposable)?.Dispose();
            }
            catch (Exception cause)
            {
                throw new SystemFailedException($"the disposal of {TypeName.Of(place.Type)}", null, step, cause);
            }
        }
    }
}
