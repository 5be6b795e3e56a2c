namespace Rils.Contract;

/// <summary>The slots by name:
/// <c>rils.Masking&lt;BlockOptions&gt;("block", static (options, context) => new BlockMasking(options))</c>.</summary>
/// <remarks>A kind is made by a delegate, or is a class:
/// <c>rils.Masking&lt;ColumnOptions, ColumnMasking&gt;("columns")</c>.
/// <see cref="IRilsBuilder.Kind{TOptions, TContext, TSlot}"/> and <see cref="IRilsBuilder.Component"/> say how a kind
/// is named, and which registrations the host refuses.</remarks>
public static class Slots
{
    /// <summary>Registers a kind of <c>[backbone]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The backbone's class: the interfaces that the class implements say what arms with
    /// such a backbone can do.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the backbone from the bound options and the
    /// <see cref="ExperimentContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Backbone<TOptions, TKind>(
        this IRilsBuilder rils, string kind, Func<TOptions, ExperimentContext, TKind> make)
        where TOptions : class where TKind : Backbone =>
        rils.Kind<TOptions, ExperimentContext, Backbone, TKind>(kind, make);

    /// <summary>Registers a kind of <c>[backbone]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The backbone's class, whose constructor takes options,
    /// <see cref="ExperimentContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Backbone<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : Backbone =>
        rils.Kind<TOptions, ExperimentContext, Backbone, TKind>(kind);

    /// <summary>Registers a kind of <c>[text]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the text encoder from the bound options and the
    /// <see cref="ExperimentContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder TextEncoder<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, ExperimentContext, TextEncoder> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[text]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The text encoder's class, whose constructor takes options,
    /// <see cref="ExperimentContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder TextEncoder<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : TextEncoder =>
        rils.Kind<TOptions, ExperimentContext, TextEncoder, TKind>(kind);

    /// <summary>Registers a kind of <c>[decoder]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the decoder from the bound options and the <see cref="DecoderContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Decoder<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, DecoderContext, Decoder> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[decoder]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The decoder's class, whose constructor takes options,
    /// <see cref="DecoderContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Decoder<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : Decoder =>
        rils.Kind<TOptions, DecoderContext, Decoder, TKind>(kind);

    /// <summary>Registers a kind of <c>[space]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the shared space from the bound options and the <see cref="SpaceContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Space<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, SpaceContext, SharedSpace> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[space]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The shared space's class, whose constructor takes options,
    /// <see cref="SpaceContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Space<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : SharedSpace =>
        rils.Kind<TOptions, SpaceContext, SharedSpace, TKind>(kind);

    /// <summary>Registers a kind of <c>[masking]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the masking from the bound options and the <see cref="ExperimentContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Masking<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, ExperimentContext, IMasking> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[masking]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The masking's class, whose constructor takes options,
    /// <see cref="ExperimentContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Masking<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, IMasking =>
        rils.Kind<TOptions, ExperimentContext, IMasking, TKind>(kind);

    /// <summary>Registers a kind of <c>[masking]</c> whose mask a system makes: the options are a component of the
    /// arm, and a system of the plugin that reads them makes the <see cref="PatchMask"/> in
    /// <c>Forward</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound, which tells how many patches stay visible
    /// in each step.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Masking<TOptions>(this IRilsBuilder rils, string kind)
        where TOptions : class, IMaskingOptions =>
        rils.Component<TOptions>("masking", kind);

    /// <summary>Registers a kind of <c>[optimizer]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the optimizer from the bound options and the
    /// <see cref="ExperimentContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Optimizer<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, ExperimentContext, IOptimizer> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[optimizer]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The optimizer's class, whose constructor takes options,
    /// <see cref="ExperimentContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Optimizer<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, IOptimizer =>
        rils.Kind<TOptions, ExperimentContext, IOptimizer, TKind>(kind);

    /// <summary>Registers a kind of <c>[schedule]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the schedule from the bound options and the
    /// <see cref="ExperimentContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Schedule<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, ExperimentContext, ISchedule> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[schedule]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The schedule's class, whose constructor takes options,
    /// <see cref="ExperimentContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Schedule<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, ISchedule =>
        rils.Kind<TOptions, ExperimentContext, ISchedule, TKind>(kind);

    /// <summary>Registers a kind of <c>[[head]]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the head for one arm from the bound options and the
    /// <see cref="HeadContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Head<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, HeadContext, IHead> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[[head]]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The head's class, whose constructor takes options,
    /// <see cref="HeadContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Head<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, IHead =>
        rils.Kind<TOptions, HeadContext, IHead, TKind>(kind);

    /// <summary>Registers a kind of <c>[[sink]]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the sink from the bound options and the <see cref="SinkContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Sink<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, SinkContext, ISink> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[[sink]]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The sink's class, whose constructor takes options,
    /// <see cref="SinkContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Sink<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, ISink =>
        rils.Kind<TOptions, SinkContext, ISink, TKind>(kind);

    /// <summary>Registers a kind of <c>[data]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the source from the bound options and the <see cref="SourceContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Source<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, SourceContext, ISource> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[data]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The source's class, whose constructor takes options,
    /// <see cref="SourceContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Source<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, ISource =>
        rils.Kind<TOptions, SourceContext, ISource, TKind>(kind);

    /// <summary>Registers a kind of <c>[data.tokenizer]</c> and <c>[text.tokenizer]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the tokenizer from the bound options and the <see cref="DataContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Tokenizer<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, DataContext, ITokenizer> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[data.tokenizer]</c> and <c>[text.tokenizer]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The tokenizer's class, whose constructor takes options,
    /// <see cref="DataContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Tokenizer<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, ITokenizer =>
        rils.Kind<TOptions, DataContext, ITokenizer, TKind>(kind);

    /// <summary>Registers a kind of <c>[data.augmentation]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the augmentation from the bound options and the <see cref="DataContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Augmentation<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, DataContext, IAugmentation> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[data.augmentation]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The augmentation's class, whose constructor takes options,
    /// <see cref="DataContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Augmentation<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, IAugmentation =>
        rils.Kind<TOptions, DataContext, IAugmentation, TKind>(kind);

    /// <summary>Registers a kind of <c>[data.views]</c>.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <param name="make">Makes the augmentation from the bound options and the <see cref="DataContext"/>.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Views<TOptions>(
        this IRilsBuilder rils, string kind, Func<TOptions, DataContext, IViewAugmentation> make)
        where TOptions : class => rils.Kind(kind, make);

    /// <summary>Registers a kind of <c>[data.views]</c> that is a class.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <typeparam name="TKind">The augmentation's class, whose constructor takes options,
    /// <see cref="DataContext"/>, loggers and services, whichever it needs.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Views<TOptions, TKind>(this IRilsBuilder rils, string kind)
        where TOptions : class where TKind : class, IViewAugmentation =>
        rils.Kind<TOptions, DataContext, IViewAugmentation, TKind>(kind);

    /// <summary>Registers a kind of <c>[target]</c>. The options are a component of the arm; systems of the plugin
    /// read them and make the loss.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Target<TOptions>(this IRilsBuilder rils, string kind) where TOptions : class =>
        rils.Component<TOptions>("target", kind);

    /// <summary>Registers a kind of <c>[[objective]]</c>. Each such table is an item of the arm with a name of its
    /// own; the options are the item's component.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind's name, as <c>kind = "..."</c> in the table selects it.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder Objective<TOptions>(this IRilsBuilder rils, string kind) where TOptions : class =>
        rils.Component<TOptions>("objective", kind);
}
