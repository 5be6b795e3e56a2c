using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Fakes;

/// <summary>An encoder of known texts with given features: the tokenizer gives the place of a text in the table, the
/// encoder the row.</summary>
sealed class TableTextEncoder(IReadOnlyDictionary<string, float[]> table) : TextEncoder("text"), ITokenizer
{
    readonly string[] texts = [.. table.Keys];

    public override TextShape Shape => new(table.Values.First().Length, 1);

    public int VocabularySize => texts.Length;

    public int[] Encode(string text, int context)
    {
        var place = Array.IndexOf(texts, text);
        return place >= 0 ? [place] : throw new KeyNotFoundException($"the head asked for the text \"{text}\"");
    }

    public override Tensor Encode(Tensor tokens) =>
        stack(tokens.select(1, 0).data<long>().ToArray().Select(place => tensor(table[texts[place]])));

    public override void Initialize(RandomStream random) { }

    public override long Flops(int tokens) => 0;
}
