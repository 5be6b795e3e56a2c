using System.Security.Cryptography;
using System.Text;

namespace Rils.Analysis.Report.Html;

/// <summary>The files that every report contains.</summary>
static class Asset
{
    /// <summary>Reads a file of the folder <c>assets</c>.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"report/{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The name by which a content security policy allows a script.</summary>
    public static string PolicyHash(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
