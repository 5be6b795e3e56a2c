using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>Where a table of an arm takes weights from; all that can be checked before training has been.</summary>
/// <param name="Title">Whose they are, for messages.</param>
/// <param name="Backbone">The backbone that they are of, as far as anything tells.</param>
/// <param name="Arm">The arm of this experiment that they are of; null where they lie in a file.</param>
/// <param name="FileOf">The file, by seed; not asked where there is an arm.</param>
sealed record Origin(string Title, BoundTable Backbone, string? Arm, Func<long, string> FileOf)
{
    /// <summary>Gives them to an arm, as a component.</summary>
    /// <param name="arm">Takes them.</param>
    /// <param name="table">The table that names them.</param>
    /// <param name="context">What backbones are made with.</param>
    /// <param name="scope">The services of the arm.</param>
    /// <param name="seed">Of the world.</param>
    /// <param name="trained">The weights of arms of this experiment; null where nobody trained them.</param>
    public void GiveTo(Entity arm, BoundTable table, ExperimentContext context, KindScope scope, long seed,
        Func<string, IReadOnlyDictionary<string, Tensor>?> trained)
    {
        var type = typeof(GivenWeights<>).MakeGenericType(table.Entry.Options);
        Func<Backbone> make = () => Backbone.Make<Backbone>(context, scope);
        Func<IReadOnlyDictionary<string, Tensor>?> read = () =>
            Arm is null ? WeightsFile.Read(FileOf(seed)) : trained(Arm);
        Func<Trainable, bool> load = part => Load(table.Where, part, read);
        arm.Set(type, Activator.CreateInstance(type, Title, make, read, load)!);
    }

    bool Load(string where, Trainable part, Func<IReadOnlyDictionary<string, Tensor>?> read)
    {
        using var scope = NewDisposeScope();
        if (read() is not { } weights) return false;
        new WeightsTaking(where, Title, new(), weights, whole: true).Into([part]);
        return true;
    }
}
