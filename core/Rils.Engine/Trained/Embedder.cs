using Rils.Contract;
using Rils.Engine.Datasets;

namespace Rils.Engine.Trained;

/// <summary>Embeds images and texts by a trained arm, into files for other programs.</summary>
/// <param name="arm">The arm.</param>
/// <param name="path">The path of the NumPy file.</param>
/// <param name="tell">Takes the progress, after each batch.</param>
public sealed class Embedder(TrainedArm arm, string path, Action<DataProgress> tell)
{
    // Bounds the memory of the text encoder's activations; changes no result.
    const int TextsAtOnce = 256;

    /// <summary>An image that was decoded.</summary>
    /// <param name="Key">The sample's key.</param>
    /// <param name="Pixels">uint8 <c>[3, size, size]</c>.</param>
    /// <param name="Captions">The sample's captions, where they are read.</param>
    /// <param name="Length">Bytes of the image file.</param>
    sealed record Decoded(string Key, byte[] Pixels, IReadOnlyList<string> Captions, int Length);

    /// <summary>Embeds the images of data, in the order of the source and in the batches of an evaluation: repeats
    /// once, bad samples left out. Where they have captions and the arm embeds texts, embeds these too, into a file
    /// whose name ends in <c>-texts.npy</c>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="asFeatures">Whether rows are the backbone's features in place of unit vectors of the shared
    /// space; captions are left out then.</param>
    /// <param name="stopping">Ends the work, and leaves no file.</param>
    /// <exception cref="InvalidDataException">No image can be used.</exception>
    /// <exception cref="InvalidOperationException">The arm has no shared space.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public EmbeddedData Images(OpenedData data, bool asFeatures, CancellationToken stopping)
    {
        var reads = !asFeatures && arm.EmbedsTexts && data.Source.Components.Contains(typeof(Captions));
        var scan = new SampleScan(data.Source, reads ? [typeof(Captions)] : []).From(0, Decode, stopping);
        List<BadRead> bad = [];
        List<IReadOnlyList<string>> captions = [];
        var images = EmbeddingFile.Write(path, ["key"], Rows());
        return new(images, captions.Count == 0 ? null : Captions(captions, stopping), bad);

        Decoded Decode(int index, Sample sample) => new(sample.Key, arm.Decode(sample.Image),
            reads && sample.Find<Captions>() is { } own ? own.Texts : [], sample.Image.Length);

        IEnumerable<NamedRows> Rows()
        {
            var (bytes, isAny) = (0L, false);
            foreach (var batch in OneAhead(scan.Chunk(arm.Batch)))
            {
                bad.AddRange(batch.Where(read => read.Fault is not null)
                    .Select(read => new BadRead(read.Index, read.Fault!)));
                Decoded[] good = [.. batch.Select(read => read.Value).OfType<Decoded>()];
                captions.AddRange(from image in good
                                  from caption in image.Captions
                                  select (IReadOnlyList<string>)[image.Key, caption]);
                if (good.Length > 0)
                    yield return new(arm.Images([.. good.Select(image => image.Pixels)], !asFeatures),
                        [.. good.Select(image => (IReadOnlyList<string>)[image.Key])]);
                isAny |= good.Length > 0;
                bytes += good.Sum(image => (long)image.Length);
                tell(new(batch[^1].Index + 1, data.Source.Count, bytes));
            }
            if (!isAny) throw new InvalidDataException($"no sample of {string.Join(", ", data.Patterns)} can be used; "
                + $"the first: {bad[0].Cause}");
        }
    }

    /// <summary>Embeds texts.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="stopping">Ends the work, and leaves no file.</param>
    /// <exception cref="InvalidOperationException">The arm does not embed texts.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public EmbeddingFile Texts(IReadOnlyList<string> texts, CancellationToken stopping) =>
        EmbeddingFile.Write(path, ["text"],
            TextRows([.. texts.Select(text => (IReadOnlyList<string>)[text])], stopping));

    EmbeddingFile Captions(IReadOnlyList<IReadOnlyList<string>> captions, CancellationToken stopping) =>
        EmbeddingFile.Write(Path.ChangeExtension(path, null) + "-texts.npy", ["key", "caption"],
            TextRows(captions, stopping));

    /// <summary>Embeds the last cell of each row.</summary>
    IEnumerable<NamedRows> TextRows(IReadOnlyList<IReadOnlyList<string>> rows, CancellationToken stopping)
    {
        var done = 0;
        foreach (var part in rows.Chunk(TextsAtOnce))
        {
            stopping.ThrowIfCancellationRequested();
            yield return new(arm.Texts([.. part.Select(cells => cells[^1])]), part);
            tell(new(done += part.Length, rows.Count, 0));
        }
    }

    /// <summary>Makes each item while the caller works on the one before.</summary>
    static IEnumerable<T> OneAhead<T>(IEnumerable<T> items) where T : class
    {
        using var all = items.GetEnumerator();
        T? Next() => all.MoveNext() ? all.Current : null;
        var next = Task.Run(Next);
        try
        {
            while (next.GetAwaiter().GetResult() is { } item)
            {
                next = Task.Run(Next);
                yield return item;
            }
        }
        finally
        {
            // The enumerator must not be disposed under the thread that uses it.
            Task.WhenAny(next).Wait();
        }
    }
}
