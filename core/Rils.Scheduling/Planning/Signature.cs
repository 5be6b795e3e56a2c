namespace Rils.Scheduling;

/// <summary>A system's parameters and how often it runs.</summary>
sealed record Signature(SystemDefinition Definition, IReadOnlyList<SystemParameter> Parameters, Level Level)
{
    public bool OnHostLane => Definition.Stage is Stage.Load or Stage.Prepare;

    public bool Returns => Definition.Body.Method.ReturnType != typeof(void);

    public Moment Moment => new(Definition.Stage, Level == Level.World);
}
