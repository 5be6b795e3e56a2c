namespace Rils.Scheduling.Tests.Plans;

/// <summary>The rules stand or fall with these: every method of the paper is a composition, and each pays only for what
/// it uses.</summary>
/// <remarks>The expected plans are the text files beside this one; read them, they are the specification.</remarks>
public sealed class MethodPlanTests
{
    [Fact]
    public void Rils() => Check("rils", AddRils);

    [Fact]
    public void Clip() => Check("clip", AddClip);

    [Fact]
    public void Mae_that_inherits_text_and_space_pays_for_neither() => Check("mae", AddMae);

    [Fact]
    public void Slip() =>
        Check("slip", world => world.AddTrained("slip").WithText().AddItem("simclr").Set(new SimClrOptions()));

    [Fact]
    public void Clip_then_mim() =>
        Check("clip-mim", world => world.AddTrained("clip-mim").WithMasking().Set(new TeacherOptions()));

    [Fact]
    public void Lit() => Check("lit", world => world.AddTrained("lit").WithText().Set(new InitOptions()));

    [Fact]
    public void Ema() => Check("ema",
        world => world.AddTrained("ema").WithText().WithMasking().Set(new LanguageOptions()).Set(new EmaOptions()));

    [Fact]
    public void An_arm_runs_beside_others_what_it_runs_alone()
    {
        Action<World>[] methods = [AddRils, AddClip, AddMae];
        var together = Methods.NewWorld();
        foreach (var add in methods) add(together);
        var alone = methods.SelectMany(add =>
        {
            var world = Methods.NewWorld();
            add(world);
            return Methods.PlanOf(world).Arms;
        });
        Assert.Equal(alone.OrderBy(arm => arm.Entity.Name).Select(PlanText.Write),
            Methods.PlanOf(together).Arms.Select(PlanText.Write));
    }

    static void AddRils(World world) => world.AddTrained("rils").WithText().WithMasking().Set(new LanguageOptions());

    static void AddClip(World world) => world.AddTrained("clip").WithText();

    static void AddMae(World world) =>
        world.AddTrained("mae").WithMasking().Set(new PixelOptions()).Set(new SpaceKind()).Set(new TextKind());

    static void Check(string name, Action<World> build)
    {
        var world = Methods.NewWorld();
        build(world);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Plans", $"{name}.txt")),
            PlanText.Write(Methods.PlanOf(world)));
    }
}
