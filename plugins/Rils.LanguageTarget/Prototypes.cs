namespace Rils.LanguageTarget;

/// <summary>Whether the reconstruction loss sends gradients into the sentences that serve as prototypes.</summary>
/// <remarks>In the authors' code this depends on the world size: on one process the sentences are live tensors, but once gathered from
/// several processes they carry no gradient, and so the paper's models were trained. A run repeated on one card therefore trains another
/// model. Here it is a choice, and either choice means the same on any number of devices. In a small trial (clip art, 64 pixels, batch 128,
/// 500 steps) attached prototypes cost a third of the retrieval.</remarks>
public enum Prototypes
{
    /// <summary>No gradient: as the paper's models were trained.</summary>
    Detached,
    /// <summary>Gradients from the student's side (the teacher's never has any): as the authors' code on one process.</summary>
    Attached,
}
