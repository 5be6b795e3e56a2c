using System.CommandLine;
using System.CommandLine.Parsing;
using Rils.Configuration;
using Rils.Files;

namespace Rils.Cli.Hosting;

/// <summary>Expands <c>~</c> in options and arguments that are paths: a shell expands <c>~</c> at the beginning of a
/// word only, and not in <c>--out=~/x</c>.</summary>
static class PathText
{
    extension(Option<string?> option)
    {
        public Option<string?> OfPath()
        {
            option.CustomParser = result => Several(result, option.Name).FirstOrDefault();
            return option;
        }
    }

    extension(Option<string[]> option)
    {
        public Option<string[]> OfPaths()
        {
            option.CustomParser = result => Several(result, option.Name);
            return option;
        }
    }

    extension(Argument<string[]> argument)
    {
        public Argument<string[]> OfPaths()
        {
            argument.CustomParser = result => Several(result, argument.Name);
            return argument;
        }
    }

    extension<T>(Argument<T> argument) where T : class?
    {
        public Argument<T> OfPath()
        {
            argument.CustomParser = result => (T)(object?)Several(result, argument.Name).FirstOrDefault()!;
            return argument;
        }
    }

    static string[] Several(ArgumentResult result, string name) => [.. result.Tokens.Select(token =>
    {
        if (UserPath.Expand(token.Value, out var path) is { } why)
            result.AddError(
                $"{name}: {(token.Value.Length == 0 ? "an empty text" : LongText.Cut(token.Value, 300))} {why}");
        return path;
    })];
}
