namespace Rils.Scheduling;

/// <summary>A system and an entity that the system might run for, while a plan is made.</summary>
sealed class Node(Signature signature, Entity entity)
{
    public Entity Entity => entity;
    public SystemDefinition Definition => signature.Definition;
    public IReadOnlyList<SystemParameter> Parameters => signature.Parameters;
    public Stage Stage => signature.Definition.Stage;
    public Moment Moment => signature.Moment;
    public bool CanRun { get; set; } = true;
    public bool Live { get; set; }
    public bool Conditional { get; set; }
    public bool IsFallback => Definition.Options.IsFallback;
    public bool IsPassive => Definition.Options.IsPassive;

    public string Name => entity.Arm is null ? Definition.Name : $"{Definition.Name}[{entity.Name}]";

    public IEnumerable<SystemParameter> With(params Access[] accesses) =>
        signature.Parameters.Where(p => accesses.Contains(p.Access));
}
