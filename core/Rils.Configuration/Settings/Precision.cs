namespace Rils.Configuration.Settings;

/// <summary>The number format in which the models compute. Weights, gradients, moments and losses are fp32 either
/// way.</summary>
public enum Precision
{
    /// <summary>Single precision.</summary>
    Fp32,
    /// <summary>Matrices and activations in bfloat16; norms, embeddings and scalars in fp32.</summary>
    Bf16,
}
