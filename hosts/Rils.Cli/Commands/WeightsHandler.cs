using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.WeightFiles;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <param name="Path">The path of a run folder, of a folder inside one, or of a safetensors file.</param>
/// <param name="PrintsExperiment">Whether the experiment in the file is all that is printed.</param>
sealed record WeightsArguments(string Path, bool PrintsExperiment) : CommandArguments;

/// <summary>Reads files of weights and lists their tensors.</summary>
sealed class WeightsHandler(WeightsArguments arguments, Libtorch libtorch, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        if (arguments.PrintsExperiment) return PrintExperiment();
        libtorch.Load();
        foreach (var file in UsageException.Reading(() => Files(arguments.Path)))
        {
            terminal.Output.WriteLine(file);
            foreach (var line in UsageException.Reading(() => DescriptionLines.Of(file)))
                terminal.Output.WriteLine(line);
            terminal.Write(UsageException.Reading(() => WeightsTable.Of(file, terminal.IsPlain)));
        }
        return ExitCode.Done;
    }

    /// <summary>Prints the experiment in a file. Several files have several experiments, which would be no TOML
    /// together.</summary>
    int PrintExperiment()
    {
        var files = UsageException.Reading(() => Files(arguments.Path));
        if (files.Count > 1)
            throw new UsageException($"{arguments.Path} holds {files.Count} files of weights, each with an experiment: "
                + $"name one, as in rils weights {files[0]} --experiment");
        var described = UsageException.Reading(() => ModelDescription.Find(files[0])) ?? throw new UsageException(
            $"{files[0]} holds no experiment: only the files that a run writes do");
        terminal.Output.Write(described.Experiment);
        return ExitCode.Done;
    }

    /// <summary>The files of a run's models. Checkpoints are left out, since they hold the optimizer's state
    /// too.</summary>
    static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
            throw new UsageException($"{path} does not exist: give a run folder or a safetensors file");
        string[] files = [.. FolderTree.Files(path).Where(file => Path.GetFileName(file) == "model.safetensors")
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new UsageException(
            $"{path} holds no model.safetensors: a run writes it for each arm that reaches the end");
    }
}
