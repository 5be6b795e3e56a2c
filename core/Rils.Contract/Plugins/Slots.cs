namespace Rils.Contract;

/// <summary>The slots by name: <c>rils.Masking&lt;BlockOptions&gt;("block", static (options, context) => new BlockMasking(options))</c>.</summary>
public static class Slots
{
    extension(IRilsBuilder rils)
    {
        /// <summary>A kind of <c>[backbone]</c>.</summary>
        public IRilsBuilder Backbone<TOptions>(string kind, Func<TOptions, ExperimentContext, Backbone> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[text]</c>.</summary>
        public IRilsBuilder TextEncoder<TOptions>(string kind, Func<TOptions, ExperimentContext, TextEncoder> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[decoder]</c>.</summary>
        public IRilsBuilder Decoder<TOptions>(string kind, Func<TOptions, DecoderContext, Decoder> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[space]</c>.</summary>
        public IRilsBuilder Space<TOptions>(string kind, Func<TOptions, SpaceContext, SharedSpace> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[masking]</c>.</summary>
        public IRilsBuilder Masking<TOptions>(string kind, Func<TOptions, ExperimentContext, IMasking> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[optimizer]</c>.</summary>
        public IRilsBuilder Optimizer<TOptions>(string kind, Func<TOptions, ExperimentContext, IOptimizer> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[schedule]</c>.</summary>
        public IRilsBuilder Schedule<TOptions>(string kind, Func<TOptions, ExperimentContext, ISchedule> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[[head]]</c>.</summary>
        public IRilsBuilder Head<TOptions>(string kind, Func<TOptions, HeadContext, IHead> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[data]</c>.</summary>
        public IRilsBuilder Source<TOptions>(string kind, Func<TOptions, SourceContext, ISource> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[data.tokenizer]</c>.</summary>
        public IRilsBuilder Tokenizer<TOptions>(string kind, Func<TOptions, DataContext, ITokenizer> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[data.augmentation]</c>.</summary>
        public IRilsBuilder Augmentation<TOptions>(string kind, Func<TOptions, DataContext, IAugmentation> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[data.views]</c>.</summary>
        public IRilsBuilder Views<TOptions>(string kind, Func<TOptions, DataContext, IViewAugmentation> make) where TOptions : class =>
            rils.Kind(kind, make);

        /// <summary>A kind of <c>[target]</c>: the options are the arm's component, the plugin's systems make the loss.</summary>
        public IRilsBuilder Target<TOptions>(string kind) where TOptions : class => rils.Component<TOptions>("target", kind);

        /// <summary>A kind of <c>[[objective]]</c>: one item of the arm per table, keyed by its name.</summary>
        public IRilsBuilder Objective<TOptions>(string kind) where TOptions : class => rils.Component<TOptions>("objective", kind);
    }
}
