using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>The source of the weights that a table of an arm takes, after all checks that are possible before
/// training.</summary>
/// <param name="Title">The owner of the weights, for messages.</param>
/// <param name="Backbone">The backbone of the weights, as the arm, run or taker gives it.</param>
/// <param name="Arm">The arm of this experiment that trains the weights; null for weights in a file.</param>
/// <param name="FileOf">Gives the file of a seed; not called where there is an arm.</param>
sealed record PretrainedSource(string Title, BoundTable Backbone, string? Arm, Func<long, string> FileOf)
{
    /// <summary>Gives the weights to an arm, as a component.</summary>
    /// <param name="arm">The arm that takes them.</param>
    /// <param name="table">The table that names them.</param>
    /// <param name="context">The context with which backbones are made.</param>
    /// <param name="scope">The services of the arm.</param>
    /// <param name="seed">The seed of the world.</param>
    /// <param name="trained">Gives the weights of arms of this experiment; null where nothing has trained them.</param>
    public void GiveTo(Entity arm, BoundTable table, ExperimentContext context, KindScope scope, long seed,
        Func<string, IReadOnlyDictionary<string, Tensor>?> trained)
    {
        var type = typeof(PretrainedWeights<>).MakeGenericType(table.Entry.Options);
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
