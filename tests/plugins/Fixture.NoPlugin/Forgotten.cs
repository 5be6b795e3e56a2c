namespace Fixture.NoPlugin;

/// <summary>Could be a plugin, if it said so.</summary>
public static class Forgotten
{
    /// <summary>Not <c>IPlugin.Configure</c>.</summary>
    public static void Configure(IRilsBuilder rils) => rils.Component<object>("forgotten");
}
