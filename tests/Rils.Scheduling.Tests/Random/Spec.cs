namespace Rils.Scheduling.Tests.Random;

/// <summary>A random system before it has a body.</summary>
sealed record Spec(Stage Stage, string Name, IReadOnlyList<SystemParameter> Parameters, IReadOnlyList<string> After, long Every)
{
    public SystemDefinition Definition(Recorder recorder) => Make.On(Stage, Name, Body.Of(Name, Parameters, recorder), options =>
    {
        options.After([.. After]);
        if (Every > 1) options.Every(Every);
    });
}
