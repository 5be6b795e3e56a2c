namespace Rils.Scheduling.Tests.Random;

/// <summary>A value of a random schedule: a number that depends on all that led to it, and a guard against two at
/// once.</summary>
abstract class Datum
{
    const int Writer = 1 << 20;
    int inside;

    public ulong Number { get; set; }

    /// <summary>Somebody begins to read or change it.</summary>
    /// <exception cref="InvalidOperationException">Somebody else is changing it, or reads while this one would change
    /// it.</exception>
    public void Enter(bool writes)
    {
        var now = Interlocked.Add(ref inside, writes ? Writer : 1);
        if (now > Writer || (writes && now != Writer))
            throw new InvalidOperationException($"two conflicting systems use a {GetType().Name} at once");
    }

    public void Leave(bool wrote) => Interlocked.Add(ref inside, wrote ? -Writer : -1);
}

sealed class Host0 : Datum, IShared;
sealed class Host1 : Datum, IShared;
sealed class Host2 : Datum, IShared;
sealed class Host3 : Datum, IShared;
sealed class Host4 : Datum, IShared;
sealed class Host5 : Datum, IShared;
sealed class Value0 : Datum;
sealed class Value1 : Datum;
sealed class Value2 : Datum;
sealed class Value3 : Datum;
sealed class Value4 : Datum;
sealed class Value5 : Datum;
sealed class Value6 : Datum;
sealed class View0 : Datum, IViewOf<Value0>;
sealed class View1 : Datum, IViewOf<Value0>;
sealed class Term0 : Datum;
sealed class Term1 : Datum;
sealed class Setting0 : Datum;
sealed class Setting1 : Datum;
sealed class ItemSetting : Datum;
sealed class ItemValue0 : Datum;
sealed class ItemValue1 : Datum;
