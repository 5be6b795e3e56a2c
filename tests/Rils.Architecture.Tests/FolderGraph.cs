using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rils.Architecture.Tests;

/// <summary>Which folders of sources use types of which others. Roslyn's semantic model tells: <c>using</c>s miss what
/// enclosing namespaces offer, and compiled code misses constants. Comments may point anywhere.</summary>
sealed class FolderGraph
{
    /// <summary>As the projects have them by <c>ImplicitUsings</c>.</summary>
    const string GlobalUsings = "global using System; global using System.Collections.Generic; global using System.IO; "
        + "global using System.Linq; global using System.Net.Http; global using System.Threading; "
        + "global using System.Threading.Tasks;";

    /// <summary>Partial methods whose other half a source generator writes, and the results that they assign:
    /// generators do not run here.</summary>
    static readonly string[] generated = ["CS8795", "CS0165"];

    static readonly CSharpParseOptions options = new(LanguageVersion.Preview);

    readonly SortedDictionary<(string From, string To), string> uses = [];

    /// <summary>Compiles sources and follows each name in them to the folder that declares its type.</summary>
    /// <param name="sources">Path relative to the folder of all assemblies, <c>Rils.Engine/Data/BadSamples.cs</c>, and
    /// text.</param>
    /// <param name="libraries">Paths of the assemblies that the sources are compiled against.</param>
    public FolderGraph(IEnumerable<(string Path, string Text)> sources, IEnumerable<string> libraries)
    {
        SyntaxTree[] trees =
            [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path))];
        var compilation = CSharpCompilation.Create("all", [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings, options)],
            libraries.Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.ConsoleApplication, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        Mistakes = [.. compilation.GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error && !generated.Contains(found.Id))
            .Select(found => found.ToString())];
        Folders = [.. trees.Select(tree => FolderOf(tree.FilePath)).Distinct().Order(StringComparer.Ordinal)];
        foreach (var tree in trees) Follow(tree, compilation.GetSemanticModel(tree));
    }

    /// <summary>Errors of the compiler, by which uses could be missed.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>All folders: <c>Rils.Engine/Data</c>, and <c>Rils.Runs</c> for files beside the project.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>One use between each two folders, for messages: <c>BadSamples.cs uses Disk</c>.</summary>
    public IReadOnlyDictionary<(string From, string To), string> Uses => uses;

    /// <summary>The folders that a folder needs, directly or through others.</summary>
    public IReadOnlySet<string> Below(string folder)
    {
        HashSet<string> found = [];
        Queue<string> open = new([folder]);
        while (open.TryDequeue(out var next))
            foreach (var use in uses.Keys.Where(use => use.From == next))
                if (found.Add(use.To)) open.Enqueue(use.To);
        return found;
    }

    /// <summary>The uses that lie on a cycle of folders, in words.</summary>
    public IReadOnlyList<string> Cycles() =>
        [.. from use in uses
            where Below(use.Key.To).Contains(use.Key.From)
            select $"{use.Key.From} needs {use.Key.To} ({use.Value}), which needs {use.Key.From}"];

    static string FolderOf(string path) => Path.GetDirectoryName(path)!.Replace(Path.DirectorySeparatorChar, '/');

    void Follow(SyntaxTree tree, SemanticModel model)
    {
        var from = FolderOf(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            if (!name.Ancestors().OfType<UsingDirectiveSyntax>().Any()
                && TypeOf(model.GetSymbolInfo(name).Symbol) is { } type)
                foreach (var declared in type.DeclaringSyntaxReferences)
                    if (FolderOf(declared.SyntaxTree.FilePath) is var to && to != from)
                        uses.TryAdd((from, to), $"{Path.GetFileName(tree.FilePath)} uses {type.Name}");
    }

    /// <summary>The outermost type that a symbol is, or is a member of.</summary>
    static INamedTypeSymbol? TypeOf(ISymbol? symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer) type = outer;
        return type?.OriginalDefinition;
    }
}
