namespace Rils.Contract;

/// <summary>Gives the factors of an arm's parameters. <c>Setup</c> systems append rules; the engine asks each rule for
/// each trained parameter, once, and multiplies the answers. Parameters with equal factors are one
/// <see cref="ParameterGroup"/>.</summary>
/// <remarks>The engine appends one rule itself, by which vectors, biases and norms get no weight decay.</remarks>
/// <param name="name">The parameter's full name: <c>visual.blocks.0.attn.qkv.weight</c>.</param>
/// <param name="shape">The parameter's shape.</param>
/// <returns>The factors; <c>new()</c> for a parameter that the rule does not concern.</returns>
public delegate ParameterFactors ParameterRule(string name, IReadOnlyList<long> shape);
