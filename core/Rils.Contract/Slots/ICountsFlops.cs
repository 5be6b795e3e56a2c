namespace Rils.Contract;

/// <summary>A State of an arm that tells what a step computes through the modules that it is or has in its fields:
/// a loss's own projection, a teacher. <c>rils check</c> and <c>rils bench</c> count these passes beside those of
/// backbone, text encoder, decoder and space; a module that no such State tells of is named as not counted.</summary>
public interface ICountsFlops
{
    /// <summary>The name of the passes in tables: <c>teacher</c>. Passes of an arm with one name are added up. Null for
    /// the name of the module: the prefix of its tensors, or its type.</summary>
    string? Pass => null;

    /// <summary>Counts the floating-point operations of one image's forward passes in a step.</summary>
    /// <param name="visible">The number of visible patches of an image; where the arm masks nothing, the number of all
    /// its patches, or 0 where the backbone has none.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    long Flops(int visible);

    /// <summary>Whether no backward pass follows, though the modules are trained. Passes through modules whose
    /// parameters are all frozen have none anyway.</summary>
    bool IsConstant => false;
}
