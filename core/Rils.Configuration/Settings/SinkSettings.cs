namespace Rils.Configuration.Settings;

/// <summary>The keys of <c>[[sink]]</c> that every kind of sink has.</summary>
public sealed record SinkSettings
{
    /// <summary>Names the sink in messages; its kind where no name is given.</summary>
    public string? Name { get; init; }
}
