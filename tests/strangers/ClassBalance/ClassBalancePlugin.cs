using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Rils.Contract;

public sealed class ClassBalancePlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Source<ClassBalanceOptions, ClassBalance>("class-balanced");
}

/// <summary>Gives every class of another source equally often: samples of smaller classes come again.</summary>
public sealed record ClassBalanceOptions
{
    /// <summary>The source whose classes are balanced. Its samples without a class are left out.</summary>
    public required Wrapped<SourceContext, ISource> Over { get; init; }
}

sealed class ClassBalance : ISource
{
    readonly ISource inner;
    readonly (int Number, int First)[] places; // the sample in the source below, and the place where it comes first

    public ClassBalance(ClassBalanceOptions options, SourceContext context)
    {
        inner = options.Over.Make(context);
        int[][] classes = [.. Enumerable.Range(0, inner.Count).Where(number => inner.FirstOf(number) == number)
            .GroupBy(ClassOf).Where(one => one.Key >= 0).OrderBy(one => one.Key).Select(one => one.ToArray())];
        var most = classes.Select(one => one.Length).DefaultIfEmpty().Max();
        places = [.. classes.Index().SelectMany(one => Enumerable.Range(0, most).Select(place =>
            (one.Item[place % one.Item.Length], one.Index * most + place % one.Item.Length)))];
        if (places.Length > 0) return;
        inner.Dispose();
        throw new InvalidDataException("no sample has a class: name data with labels, or drop class-balanced");
    }

    public int Count => places.Length;

    public IReadOnlyList<SourceFinding> Findings => inner.Findings;

    public IReadOnlyList<Type> Components => inner.Components;

    public IReadOnlyList<string>? ClassNames => inner.ClassNames;

    public Sample Read(int index, IReadOnlySet<Type> wanted) => inner.Read(places[index].Number, wanted);

    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) =>
        inner.ReadWithoutImage(places[index].Number, wanted);

    public int FirstOf(int index) => places[index].First;

    public IReadOnlyList<SourceShard> Shards() => inner.Shards();

    public void Dispose() => inner.Dispose();

    int ClassOf(int number) =>
        inner.ReadWithoutImage(number, new HashSet<Type> { typeof(Label) }).Find<Label>()?.Number ?? -1;
}
