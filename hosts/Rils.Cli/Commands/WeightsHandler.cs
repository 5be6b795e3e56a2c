using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <param name="Path">The path of a run folder, of a folder inside one, or of a safetensors file.</param>
sealed record WeightsArguments(string Path) : CommandArguments;

/// <summary>Reads files of weights and lists their tensors.</summary>
sealed class WeightsHandler(WeightsArguments arguments, Libtorch libtorch, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        libtorch.Load();
        foreach (var file in Read(() => Files(arguments.Path)))
        {
            terminal.Output.WriteLine(file);
            terminal.Write(Read(() => WeightsTable.Of(file, terminal.IsPlain)));
        }
        return ExitCode.Done;
    }

    static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable)
            when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException(unreadable.Message);
        }
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
