using Microsoft.Extensions.DependencyInjection;

namespace Rils.Contract;

/// <summary>Registers the trainers of tokenizers' vocabularies.</summary>
public static class Vocabularies
{
    /// <summary>Lets <c>rils tokenizer learn --kind ...</c> learn the vocabulary of a kind of
    /// <c>[data.tokenizer]</c>.</summary>
    /// <typeparam name="TTrainer">The trainer's class, whose constructor may take loggers and the plugin's
    /// services.</typeparam>
    /// <param name="rils">The builder that takes the registration.</param>
    /// <param name="kind">The kind, which the same plugin registers.</param>
    /// <returns>The builder.</returns>
    public static IRilsBuilder LearnsVocabulary<TTrainer>(this IRilsBuilder rils, string kind)
        where TTrainer : class, IVocabularyTrainer
    {
        ArgumentNullException.ThrowIfNull(rils);
        ArgumentNullException.ThrowIfNull(kind);
        rils.Services.AddKeyedSingleton<IVocabularyTrainer, TTrainer>(kind);
        return rils;
    }
}
