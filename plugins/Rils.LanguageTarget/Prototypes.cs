namespace Rils.LanguageTarget;

/// <summary>With which vectors the loss compares patches, and whether the sentences among them get gradients from
/// it.</summary>
/// <remarks>In the authors' code the gradients depend on the number of processes: on one process the sentences have
/// gradients; sentences gathered from several processes have none. The root key <c>gather</c> chooses between both, for
/// all losses of an experiment; an ablation of this one difference sets <c>prototypes</c>. Directions replace the
/// sentences here alone: with the gate <c>correct</c>, captions still choose the images that count.</remarks>
public enum Prototypes
{
    /// <summary>The batch's sentences without gradient, as in the authors' code on several processes.</summary>
    Detached,
    /// <summary>The batch's sentences with gradients from the student's side, as in the authors' code on one process.
    /// The teacher's side never has a gradient.</summary>
    Attached,
    /// <summary>Directions that are drawn once and never change: a control without language in the
    /// prototypes.</summary>
    Random,
    /// <summary>Directions that are drawn once and learned by this loss, from the student's side: a control without
    /// language in the prototypes.</summary>
    Learned,
}
