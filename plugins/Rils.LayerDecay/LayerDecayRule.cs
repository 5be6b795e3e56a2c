namespace Rils.LayerDecay;

/// <summary>Gives the parameters of a backbone factors by their layers (MAE's <c>param_groups_lrd</c>).</summary>
static class LayerDecayRule
{
    public static void Append(in LayerDecayOptions options, in IParameterLayers layers,
        in Collected<Trainable> parts, Append<ParameterRule> rules)
    {
        var (factor, known, backbone) = (options.Factor, layers, parts.First(part => part.Module is Backbone));
        // A decoder has the same prefix, and is no part of the backbone.
        var own = backbone.Module.named_parameters().ToDictionary(
            parameter => backbone.Prefix + parameter.name, parameter => parameter.name);
        rules.Add((name, _) => own.TryGetValue(name, out var inBackbone) ? Of(inBackbone, known, factor) : new());
    }

    /// <summary>The factors of a parameter of the backbone.</summary>
    /// <param name="name">The parameter's name in the backbone.</param>
    /// <param name="layers">The backbone's layers.</param>
    /// <param name="factor">Factor from each layer to the one below.</param>
    public static ParameterFactors Of(string name, IParameterLayers layers, double factor) => new(
        Math.Pow(factor, layers.TopLayer - layers.LayerOf(name)), layers.IsTokenOrPosition(name) ? 0 : 1);
}
