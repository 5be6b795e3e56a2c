namespace Rils.LanguageTarget;

/// <summary>Whether the reconstruction loss sends gradients into the sentences that serve as prototypes.</summary>
/// <remarks>In the authors' code this depends on the number of processes: on one process the sentences have gradients;
/// sentences gathered from several processes have none, and the paper's models were trained that way. So a run repeated
/// on one card trains another model. Here a choice decides, and each choice means the same on any number of devices. In
/// a small trial (clip art, 64 pixels, batch 128, 500 steps) attached prototypes cost a third of the
/// retrieval.</remarks>
public enum Prototypes
{
    /// <summary>No gradient, as in the training of the paper's models.</summary>
    Detached,
    /// <summary>Gradients from the student's side, as in the authors' code on one process. The teacher's side never has
    /// a gradient.</summary>
    Attached,
}
