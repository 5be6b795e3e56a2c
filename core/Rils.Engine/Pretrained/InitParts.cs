using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Pretrained;

/// <summary>Which modules and systems the parts are.</summary>
static class InitParts
{
    /// <summary>Null for a module that a plugin adds besides, a projection head say.</summary>
    public static InitPart? Of(nn.Module module) => module switch
    {
        Backbone => InitPart.Backbone,
        TextEncoder => InitPart.Text,
        SharedSpace => InitPart.Space,
        Decoder => InitPart.Decoder,
        _ => null,
    };

    /// <summary>The part that a system makes.</summary>
    public static InitPart? MadeBy(string system) =>
        Enum.GetValues<InitPart>().Cast<InitPart?>().FirstOrDefault(part => system == $"{Key(part!.Value)}.setup");

    /// <summary>As files name it.</summary>
    public static string Key(InitPart part) => $"{part}".ToLowerInvariant();

    /// <summary>For messages and reports: another module goes by its prefix.</summary>
    public static string Title(Trainable part) => Of(part.Module) is { } own ? Key(own) : part.Prefix.TrimEnd('.');

    /// <summary>What the arm's Setup makes that can be trained, by the systems' names.</summary>
    public static IReadOnlyList<string> Makers(EntityPlan arm) =>
    [
        .. from system in arm.In(Stage.Setup)
           where system.Parameters.Any(parameter => parameter.Access == Access.Append && parameter.Type == typeof(Trainable))
           select system.Definition.Name,
    ];
}
