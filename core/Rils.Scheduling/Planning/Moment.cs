namespace Rils.Scheduling;

/// <summary>When a system runs in a tick: by stage, and within it once per world before the first arm, in Observe after the last.</summary>
readonly record struct Moment(Stage Stage, bool OncePerWorld) : IComparable<Moment>
{
    int Order => 2 * (int)Stage + (OncePerWorld == (Stage == Stage.Observe) ? 1 : 0);

    /// <summary>Appends last one tick of one lane; this names it.</summary>
    public int Lane => Stage switch { Stage.Setup => 0, Stage.Load or Stage.Prepare => 1, _ => 2 };

    public int CompareTo(Moment other) => Order.CompareTo(other.Order);

    public override string ToString() => !OncePerWorld || Lane == 1 ? $"{Stage}"
        : Stage == Stage.Observe ? $"{Stage} after the last arm" : $"{Stage} before the first arm";
}
