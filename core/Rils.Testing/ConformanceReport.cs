namespace Rils.Testing;

/// <summary>Tells how much <see cref="Conformance"/> has looked at.</summary>
/// <param name="Passed">The checks that ran, each with its kind: <c>[masking] kind = "columns", check
/// "partition"</c>.</param>
/// <param name="LeftOut">The kinds that no check could run for, each with the reason and what would mend it.</param>
public sealed record ConformanceReport(IReadOnlyList<string> Passed, IReadOnlyList<string> LeftOut);
