using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <summary><c>rils weights</c>: what a run's weights hold.</summary>
sealed class WeightsCommand : Command, IHasExamples
{
    readonly Argument<string> path = new Argument<string>("DIR")
    {
        Description = "A run folder, a part of one, or a safetensors file.",
    }.OfPath();

    public WeightsCommand() : base("weights", "Lists the tensors of safetensors files: name, type, shape, norm.")
    {
        Arguments.Add(path);
        SetAction(parsed => Session.Run(parsed, [], session => List(session, parsed.GetValue(path)!)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils weights runs/quickstart-20260101-120000",
        "rils weights runs/quickstart-20260101-120000/seed-0/rils/model.safetensors",
    ];

    static int List(Session session, string path)
    {
        session.LoadLibtorch(null);
        foreach (var file in Read(() => Files(path)))
        {
            session.Terminal.Output.WriteLine(file);
            session.Terminal.Write(Read(() => WeightsTable.Of(file, session.Terminal.IsPlain)));
        }
        return ExitCode.Done;
    }

    static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException(unreadable.Message);
        }
    }

    /// <summary>A run's models, not its checkpoints: those hold the optimizer's state too.</summary>
    static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new UsageException($"{path} does not exist: give a run folder or a safetensors file");
        string[] files = [.. FolderTree.Files(path).Where(file => Path.GetFileName(file) == "model.safetensors")
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new UsageException($"{path} holds no model.safetensors: a run writes it for each arm that reaches the end");
    }
}
