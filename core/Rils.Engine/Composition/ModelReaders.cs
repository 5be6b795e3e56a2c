using System.Reflection;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Composition;

/// <summary>Makes systems that read an arm's weights and modules, and do nothing with them: in a plan without losses
/// nothing else does, and Setup makes no value that nothing reads.</summary>
static class ModelReaders
{
    /// <param name="systems">The systems of the plan.</param>
    public static IEnumerable<SystemDefinition> For(IReadOnlyList<SystemDefinition> systems)
    {
        var method = typeof(ModelReaders).GetMethod(nameof(Reader), BindingFlags.Static | BindingFlags.NonPublic)!;
        return from type in Modules(systems).Concat([typeof(Weights), typeof(WeightAverage)])
               select new SystemDefinition(Stage.Observe, $"model.{type.FullName}",
                   (Delegate)method.MakeGenericMethod(type).Invoke(null, null)!, new(), PluginRegistry.Engine);
    }

    /// <summary>The types of the modules whose parameters Setup adds to the arms' weights.</summary>
    static IEnumerable<Type> Modules(IReadOnlyList<SystemDefinition> systems) =>
        (from system in systems
         where system.Stage == Stage.Setup
             && system.Parameters.Contains(new(typeof(Trainable), Access.Append))
         from parameter in system.Parameters
         where parameter.Access == Access.Create && parameter.Type.IsAssignableTo(typeof(torch.nn.Module))
         select parameter.Type).Distinct();

    static Delegate Reader<T>() where T : class => static (in T _) => { };
}
