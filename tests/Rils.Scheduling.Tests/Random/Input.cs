namespace Rils.Scheduling.Tests.Random;

/// <summary>What a system reads or updates through one parameter. The methods bear the names of the accesses.</summary>
sealed record Input(IReadOnlyList<Datum> Data, bool Writes)
{
    public static Input Read<T>(T value) where T : Datum => new([value], false);

    public static Input Update<T>(T value) where T : Datum => new([value], true);

    public static Input ReadMaybe<T>(Maybe<T> value) where T : Datum =>
        new(value.TryGet(out var datum) ? [datum] : [], false);

    public static Input Collect<T>(Collected<T> values) where T : Datum => new([.. values], false);
}
