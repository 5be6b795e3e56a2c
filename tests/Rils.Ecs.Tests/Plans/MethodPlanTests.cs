namespace Rils.Ecs.Tests.Plans;

/// <summary>The rules stand or fall with these: every method of the paper is a composition, and each pays only for what it uses.</summary>
/// <remarks>The expected plans are the text files beside this one; read them, they are the specification.</remarks>
public sealed class MethodPlanTests
{
    [Fact]
    public void Rils() => Check("rils", world => world.AddTrained("rils").WithText().WithMasking().Set(new LanguageOptions()));

    [Fact]
    public void Clip() => Check("clip", world => world.AddTrained("clip").WithText());

    [Fact]
    public void Mae_that_inherits_text_and_space_pays_for_neither() =>
        Check("mae", world => world.AddTrained("mae").WithMasking().Set(new PixelOptions()).Set(new SpaceKind()).Set(new TextKind()));

    [Fact]
    public void Slip() => Check("slip", world => world.AddTrained("slip").WithText().AddItem("simclr").Set(new SimClrOptions()));

    [Fact]
    public void Clip_then_mim() => Check("clip-mim", world => world.AddTrained("clip-mim").WithMasking().Set(new TeacherOptions()));

    [Fact]
    public void Lit() => Check("lit", world => world.AddTrained("lit").WithText().Set(new InitOptions()));

    [Fact]
    public void Ema() => Check("ema", world => world.AddTrained("ema").WithText().WithMasking().Set(new LanguageOptions()).Set(new EmaOptions()));

    static void Check(string name, Action<World> build)
    {
        var world = Methods.NewWorld();
        build(world);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Plans", $"{name}.txt")), PlanText.Write(Methods.PlanOf(world)));
    }
}
