namespace Rils.Scheduling.Tests.Random;

/// <summary>A random system before it has a body.</summary>
sealed record Spec(Stage Stage, string Name, IReadOnlyList<SystemParameter> Parameters,
    IReadOnlyList<string> After, long Every)
{
    public SystemDefinition Definition(Recorder recorder) =>
        Make.On(Stage, Name, Body.Of(Name, Parameters, recorder), options =>
    {
        options.After([.. After]);
        foreach (var parameter in Parameters) Say(options, parameter);
        if (Every > 1) options.Every(Every);
    });

    static void Say(SystemOptions options, SystemParameter parameter)
    {
        var method = parameter.Access == Access.Require ? nameof(options.Requires) : parameter.Access == Access.Follow
            ? nameof(options.After) : null;
        if (method is not null)
            typeof(SystemOptions).GetMethods().Single(one => one.Name == method && one.IsGenericMethod)
                .MakeGenericMethod(parameter.Type).Invoke(options, []);
    }
}
