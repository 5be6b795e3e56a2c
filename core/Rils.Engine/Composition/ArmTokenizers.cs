using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>Gives each arm its tokenizer. Arms whose tables are equal get the same object, so that their captions are
/// encoded once.</summary>
/// <param name="table">The name of the table that an arm may have: <c>text.tokenizer</c>.</param>
/// <param name="data">The size of the images.</param>
/// <param name="scope">The services of the data.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class ArmTokenizers(string table, DataContext data, KindScope scope, Problems problems)
{
    readonly List<(BoundTable Table, ITokenizer? Made)> made = [];

    /// <summary>Adds the tokenizer of <c>[data.tokenizer]</c>.</summary>
    public void Add(BoundTable usual, ITokenizer? tokenizer) => made.Add((usual, tokenizer));

    /// <summary>The arm with its tokenizer.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="usual">The tokenizer of an arm without a table; null where the data has none.</param>
    public ArmDefinition With(ArmDefinition arm, ITokenizer? usual) =>
        arm with { Tokenizer = arm.Tables.TryGetValue(table, out var own) ? Of(own) : usual };

    ITokenizer? Of(BoundTable own)
    {
        foreach (var (other, tokenizer) in made)
            if (other.SameAs(own)) return tokenizer;
        made.Add((own, own.TryMake<ITokenizer>(data, scope, problems)));
        return made[^1].Made;
    }
}
