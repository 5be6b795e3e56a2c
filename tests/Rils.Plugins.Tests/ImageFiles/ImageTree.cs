using System.Diagnostics;

namespace Rils.Tests.Plugins.ImageFiles;

/// <summary>A folder with files that a test writes, and a cache for indices beside it.</summary>
sealed class ImageTree : IDisposable
{
    readonly TemporaryFolder folder = new();

    public string this[string name] => Path.Combine(folder.Path, name);

    public string Cache => this["cache"];

    public void Dispose() => folder.Dispose();

    /// <summary>Writes files whose content is their own names.</summary>
    public ImageTree With(params string[] names)
    {
        foreach (var name in names) Write(name, $"content of {name}");
        return this;
    }

    public string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Runs a program in the folder; the test is skipped where the machine lacks it.</summary>
    public string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEnd());
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
            return output.Result;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException($"there is no {program} here");
        }
    }
}
