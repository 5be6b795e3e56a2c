namespace Rils.Scheduling.Tests.Plans;

// The types in the signatures of the real systems, without tensors.
sealed record SourceKind : IShared;
sealed record Cursor : IShared;
sealed record Samples : IShared;
sealed record HostBatch : IShared;
sealed record Images : IShared;
sealed record AugmentedViews : IShared;
sealed record Captions : IShared;
sealed record MaskNoise : IShared;
sealed record Tick : IShared;

sealed record BackboneKind;
sealed record TextKind;
sealed record DecoderKind;
sealed record SpaceKind;
sealed record Masking;
sealed record OptimizerKind;
sealed record Schedule;
sealed record LanguageOptions;
sealed record PixelOptions;
sealed record TeacherOptions;
sealed record ContrastiveOptions;
sealed record SimClrOptions;
sealed record EmaOptions;
sealed record InitOptions;

sealed record Weights;
sealed record OptimizerState;
sealed record MetricLog;
sealed record EmaWeights;
sealed record TeacherBackbone;
sealed record Backbone : IBackedBy<Weights>;
sealed record TextEncoder : IBackedBy<Weights>;
sealed record Decoder : IBackedBy<Weights>;
sealed record Space : IBackedBy<Weights>;
sealed record ProjectionHead : IBackedBy<Weights>;
sealed record Trainable;
sealed record BackboneShape;
sealed record TextShape;
sealed record TargetShape;

sealed record ImageTokens;
sealed record ImageEmbedding;
sealed record TextEmbedding;
sealed record ImageSelection;
sealed record PatchMask;
sealed record VisibleTokens;
sealed record Prediction;
sealed record TeacherFeatures;
sealed record LossTerm;
sealed record Metric;
sealed record Gradients;
sealed record LearningRate;
