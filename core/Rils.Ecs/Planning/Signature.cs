using System.Reflection;

namespace Rils.Ecs;

/// <summary>A system's parameters and how often it runs.</summary>
sealed record Signature(SystemDefinition Definition, IReadOnlyList<SystemParameter> Parameters, Level Level)
{
    public bool Creates(Type type) => Parameters.Any(p => p.Access == Access.Create && p.Type == type);

    public bool OnHostLane => Definition.Stage is Stage.Load or Stage.Prepare;

    public static IReadOnlyList<SystemParameter> ParametersOf(SystemDefinition definition, List<string> mistakes)
    {
        SystemParameter[] parameters = [.. definition.Body.GetMethodInfo().GetParameters().Select(SystemParameter.Of)];
        foreach (var twice in parameters.GroupBy(p => p.Type).Where(group => group.Count() > 1))
            mistakes.Add($"{definition.Name} names {TypeName.Of(twice.Key)} in two parameters: keep one (ref both reads and updates)");
        if (definition.Body.GetMethodInfo().ReturnType != typeof(void))
            mistakes.Add($"{definition.Name} returns a value: a system returns void and makes values through out parameters");
        return parameters;
    }
}
