namespace Rils.Testing;

/// <summary>One way in which a plugin does not keep the contract.</summary>
/// <param name="What">A sentence that says how the kind breaks the contract.</param>
/// <param name="Where">The kind and the check: <c>[masking] kind = "columns", check "partition"</c>.</param>
/// <param name="Fix">The change that the plugin's author makes.</param>
public sealed record ConformanceFinding(string What, string Where, string Fix)
{
    /// <summary>Shows the finding in three lines.</summary>
    /// <returns>Three lines: what, where, fix.</returns>
    public override string ToString() => $"{What}\n  where: {Where}\n  fix:   {Fix}";
}
