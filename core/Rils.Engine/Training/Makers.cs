using Rils.Abstractions;

namespace Rils.Engine.Training;

// Components of an arm: its choice of a kind with its options, waiting for Setup to make the module.

/// <summary>Makes the arm's <c>[backbone]</c>.</summary>
delegate Backbone MakeBackbone();

/// <summary>Makes the arm's <c>[text]</c>.</summary>
delegate TextEncoder MakeTextEncoder();

/// <summary>Makes the arm's <c>[space]</c>.</summary>
delegate SharedSpace MakeSpace(SpaceContext context);

/// <summary>Makes the arm's <c>[decoder]</c>.</summary>
delegate Decoder MakeDecoder(DecoderContext context);
