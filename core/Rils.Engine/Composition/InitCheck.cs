using Rils.Configuration;
using Rils.Engine.Pretrained;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Checks an arm's <c>[init]</c> against the parts that the arm's plan builds.</summary>
sealed class InitCheck(Problems problems)
{
    /// <param name="table">The arm's <c>[init]</c>.</param>
    /// <param name="arm">The arm's plan.</param>
    public void Check(BoundTable table, EntityPlan arm)
    {
        var (options, built) = ((InitOptions)table.Options, InitModules.BuiltBy(arm));
        var parts = string.Join(", ", built.OfType<InitModule>().Order().Select(InitModules.Key));
        CheckBuilt("parts", options.Parts ?? []);
        CheckBuilt("freeze", options.Freeze);
        if (built.Count > 0 && built.All(part => part is { } own && options.Freeze.Contains(own)))
            problems.Add(PlaceOf(table, "freeze"), $"[init]: arm {arm.Entity.Name} has nothing to train: "
                + $"`freeze` names all that it builds ({parts}); leave one of them out");

        void CheckBuilt(string key, IReadOnlyList<InitModule> named)
        {
            foreach (var part in named.Distinct().Where(part => !built.Contains(part)))
                problems.Add(PlaceOf(table, key), $"[init]: `{key}` names {InitModules.Key(part)}, "
                    + $"which arm {arm.Entity.Name} does not build; it builds {parts}");
        }
    }

    static SourceSpan PlaceOf(BoundTable table, string key) => table.Values[key]?.Span ?? table.Span;
}
