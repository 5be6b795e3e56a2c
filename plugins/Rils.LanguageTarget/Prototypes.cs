namespace Rils.LanguageTarget;

/// <summary>Whether the reconstruction loss sends gradients into the sentences that serve as prototypes.</summary>
/// <remarks>In the authors' code this depends on the number of processes: on one process the sentences have gradients;
/// sentences gathered from several processes have none. The root key <c>gather</c> chooses between both, for all losses
/// of an experiment; an ablation of this one difference sets <c>prototypes</c>. In a small trial (clip art, 64 pixels,
/// batch 128, 500 steps) attached prototypes cost a third of the retrieval.</remarks>
public enum Prototypes
{
    /// <summary>No gradient, as in the authors' code on several processes.</summary>
    Detached,
    /// <summary>Gradients from the student's side, as in the authors' code on one process. The teacher's side never has
    /// a gradient.</summary>
    Attached,
}
