namespace Rils.Testing;

/// <summary>One way in which a plugin does not keep the contract.</summary>
/// <param name="What">What the check saw, in a sentence.</param>
/// <param name="Where">The kind and the check: <c>[masking] kind = "columns", check "partition"</c>.</param>
/// <param name="Fix">What the plugin's author does about it.</param>
public sealed record ConformanceFinding(string What, string Where, string Fix)
{
    /// <summary>Shows the finding in three lines.</summary>
    /// <returns>What, where and the fix.</returns>
    public override string ToString() => $"{What}\n  where: {Where}\n  fix:   {Fix}";
}
