namespace Rils.Scheduling;

/// <summary>The values that the host lane made for one tick. Device lanes copy the references. No system may change
/// these values; a watch finds one that does.</summary>
sealed class Frame(long step, IReadOnlyList<(Place Place, object? Value)> values, int lanes, Action taken)
{
    int untaken = lanes, unfinished = lanes;

    public long Step => step;

    /// <summary>Called by each device lane when it starts with the frame. After the last lane's call the host lane may
    /// fill another frame.</summary>
    public void Take(Store store)
    {
        store.Write(values);
        if (Interlocked.Decrement(ref untaken) == 0) taken();
    }

    /// <summary>Called by each device lane when it no longer needs the frame. The last lane's call disposes the frame's
    /// disposable values.</summary>
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
