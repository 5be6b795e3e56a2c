using System.Text.RegularExpressions;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Rils.Configuration;

/// <summary>Reads TOML text to a tree of values, from Tomlyn's syntax tree, which keeps positions.</summary>
static partial class TomlText
{
    /// <summary>Reads the text of a file.</summary>
    /// <returns>The readable part; where there is an unreadable part, <paramref name="sound"/> is false and
    /// <paramref name="problems"/> names the mistakes.</returns>
    public static TableNode Parse(string text, string file, Problems problems, out bool sound)
    {
        var found = new Problems();
        var tree = new TomlTreeBuilder(position => new SourceSpan(file, position.Line + 1, position.Column + 1), found);
        var root = new TableNode(new SourceSpan(file, 1, 1));
        try
        {
            var document = SyntaxParser.Parse(text, file, validate: false);
            tree.Fill(root, document);
            if (document.HasErrors)
            {
                // In a broken tree keys may seem to be repeated.
                found = new Problems();
                Report(document.Diagnostics, file, found);
            }
        }
        catch (TomlException error)
        {
            // Tomlyn throws only for nesting that is too deep, and gives no position.
            found.Add(SourceSpan.WholeFile(file), error.Message.Split(". Change", 2)[0]);
        }
        sound = found.Count == 0;
        problems.Add(found);
        return root;
    }

    /// <summary>Reads a single value; null for text that is no value.</summary>
    /// <param name="text">A value, as it would stand after <c>key =</c>.</param>
    /// <param name="at">The place for all nodes of the value.</param>
    public static TomlNode? ParseValue(string text, SourceSpan at)
    {
        const string Key = "value = ";
        try
        {
            var document = SyntaxParser.Parse(Key + text, validate: false);
            if (document.HasErrors || document.Tables.ChildrenCount > 0 || document.KeyValues.ChildrenCount != 1)
                return null;
            // A value that ends early is followed by a comment: `--set name=a#1` means the text a#1.
            var value = document.KeyValues.GetChild(0)!.Value;
            if (value is null || value.Span.End.Offset + 1 != Key.Length + text.Length)
                return null;
            var problems = new Problems();
            var node = new TomlTreeBuilder(_ => at, problems).Node(value, depth: 0);
            return problems.Count == 0 ? node : null;
        }
        catch (TomlException)
        {
            return null;
        }
    }

    /// <summary>Reports the first diagnostic: one mistake often makes others in its own line and in the lines
    /// below.</summary>
    static void Report(DiagnosticsBag diagnostics, string file, Problems problems)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Kind == DiagnosticMessageKind.Error).ToList();
        var first = errors.MinBy(diagnostic => (diagnostic.Span.Start.Line, diagnostic.Span.Start.Column))!;
        var start = first.Span.Start;
        var lines = errors.Select(diagnostic => diagnostic.Span.Start.Line).Distinct().Count() - 1;
        var more = lines == 0 ? "" : $" (and {lines} more below, which may follow from it)";
        problems.Add(new SourceSpan(file, start.Line + 1, start.Column + 1), Reword(first.Message) + more);
    }

    static string Reword(string message)
    {
        var plain = "not valid TOML: " + Token().Replace(message, "").ReplaceLineEndings(" ");
        return Unquoted().IsMatch(message) ? $"{plain}: is a quote missing?" : plain;
    }

    [GeneratedRegex(@"newline in a string|token `\w+` for a value")]
    private static partial Regex Unquoted();

    [GeneratedRegex(@" \(token: `\w+`\)")]
    private static partial Regex Token();
}
