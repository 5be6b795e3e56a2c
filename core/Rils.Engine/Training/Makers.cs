using Rils.Contract;

namespace Rils.Engine.Training;

// Components of an arm: its choice of a kind with its options, waiting for Setup to make the module.

/// <summary>Makes the arm's <c>[text]</c>.</summary>
delegate TextEncoder MakeTextEncoder();

/// <summary>Makes the arm's <c>[decoder]</c>.</summary>
delegate Decoder MakeDecoder(DecoderContext context);
