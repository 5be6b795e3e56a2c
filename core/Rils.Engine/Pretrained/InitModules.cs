using Rils.Contract;
using Rils.Engine.Slots;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Pretrained;

/// <summary>Relates parts to modules and systems: a part has the name of its slot's table.</summary>
static class InitModules
{
    /// <summary>The part of a module; null for a module that a plugin adds, such as a projection head.</summary>
    public static InitModule? Of(nn.Module module) => Named(SlotTable.Engine.Of(module)?.Table);

    /// <summary>The part's name in files.</summary>
    public static string Key(InitModule part) => $"{part}".ToLowerInvariant();

    /// <summary>The part's name in messages and reports; the prefix of a module that a plugin adds.</summary>
    public static string Title(Trainable part) => Of(part.Module) is { } own ? Key(own) : part.Prefix.TrimEnd('.');

    /// <summary>The parts of an arm that the engine's Setup makes and trains; null for each module that a
    /// plugin adds.</summary>
    public static IReadOnlyList<InitModule?> BuiltBy(EntityPlan arm) =>
    [
        .. from system in arm.In(Stage.Setup)
           where system.Parameters.Contains(new(typeof(Trainable), Access.Append))
           select Named(SlotTable.Engine.All.FirstOrDefault(slot =>
               slot.Contract is { } made && system.Parameters.Contains(new(made, Access.Create)))?.Table),
    ];

    static InitModule? Named(string? table) =>
        Enum.TryParse<InitModule>(table, ignoreCase: true, out var part) ? part : null;
}
