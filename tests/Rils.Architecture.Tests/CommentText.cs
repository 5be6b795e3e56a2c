using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rils.Architecture.Tests;

/// <summary>A run of prose in a comment: the text of consecutive <c>//</c> lines, of a block comment, or of one element
/// of a documentation comment.</summary>
sealed partial class CommentText
{
    /// <summary>Stands for code and names within a sentence.</summary>
    const string Placeholder = "x";

    static readonly CSharpParseOptions options = new(LanguageVersion.Preview, DocumentationMode.Parse);

    /// <summary>Elements of a documentation comment that stand within a sentence.</summary>
    static readonly string[] inline = ["c", "see", "paramref", "typeparamref"];

    readonly StringBuilder text = new();
    readonly List<int> lines = [];

    /// <summary>All prose in the comments of a source.</summary>
    public static IEnumerable<CommentText> In(string source)
    {
        List<CommentText> found = [];
        SyntaxTrivia last = default;
        foreach (var trivia in CSharpSyntaxTree.ParseText(source, options).GetRoot().DescendantTrivia())
        {
            if (trivia.GetStructure() is DocumentationCommentTriviaSyntax documentation)
                Take(documentation.Content, found);
            if (!trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                continue;
            if (!Continues(last, trivia)) found.Add(new());
            found[^1].Add(trivia.ToString().Trim('/', '*'), LineOf(trivia.GetLocation()));
            last = trivia;
        }
        return found;
    }

    /// <summary>The sentences that begin with words that the style forbids there, each with its line, from
    /// 1.</summary>
    public IEnumerable<(int Line, string Sentence)> Forbidden() =>
        from start in Start().Matches(text.ToString())
        let sentence = start.Groups[1]
        select (lines[sentence.Index], Space().Replace(sentence.Value, " ").Trim());

    /// <summary>Whether a comment continues the one before it: both begin with <c>//</c>, and the second has the
    /// next line to itself.</summary>
    static bool Continues(SyntaxTrivia last, SyntaxTrivia next)
    {
        if (!last.IsKind(SyntaxKind.SingleLineCommentTrivia) || !next.IsKind(SyntaxKind.SingleLineCommentTrivia)
            || LineOf(next.GetLocation()) != LineOf(last.GetLocation()) + 1) return false;
        var line = next.SyntaxTree!.GetText().Lines.GetLineFromPosition(next.SpanStart);
        return line.ToString()[..(next.SpanStart - line.Start)].All(char.IsWhiteSpace);
    }

    /// <summary>Makes one text of an element's nodes, and one of each block element among them.</summary>
    static void Take(SyntaxList<XmlNodeSyntax> nodes, List<CommentText> found)
    {
        var own = new CommentText();
        foreach (var node in nodes)
        {
            if (node is XmlTextSyntax prose)
                foreach (var token in prose.TextTokens) own.Add(token.Text, LineOf(token.GetLocation()));
            else if (node is XmlElementSyntax element && !inline.Contains(element.StartTag.Name.ToString()))
                Take(element.Content, found);
            else
                own.Add(Placeholder, LineOf(node.GetLocation()));
        }
        found.Add(own);
    }

    static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    void Add(string words, int line)
    {
        foreach (var letter in words + " ")
        {
            text.Append(letter);
            lines.Add(line);
            if (letter == '\n') line++;
        }
    }

    [GeneratedRegex(@"(?:^\W*|\.\s+)((?:Of|What|Whatever|One\s+that)\b[^.]*\.?)")]
    private static partial Regex Start();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
