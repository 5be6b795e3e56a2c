using Rils.Contract;
using Rils.Engine.Pretrained;
using Rils.Models;
using Rils.Scheduling;
using Rils.Teachers;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Teachers;

public sealed class FrozenTeacherTests
{
    const string Title = "arm clip";

    static readonly VitOptions Wide = TeacherModules.Small with { Width = 24 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_computes_as_the_arm_that_its_weights_are_of_and_never_changes(bool mixed)
    {
        using var source = new TeacherModules(mixed, Wide);
        using var scope = NewDisposeScope();
        var (teacher, values, shape) = Make(source, Given(source));
        Assert.Equal(24, shape.Width);
        var images = Draws.Normal("images", 3, 3, TeacherModules.Image, TeacherModules.Image).requires_grad_();
        TeacherPasses.Encode(teacher, values, new(images), new(1), out var tokens);
        Assert.False(tokens.Tokens.requires_grad);
        Assert.True(tokens.Tokens.Equals(source.Backbone.Encode(images).detach()));
        Assert.All(teacher.Backbone.parameters(),
            parameter => Assert.True(!parameter.requires_grad && parameter.grad is null));
        Assert.All(values.Values.Groups, group => Assert.Equal(0, group.Gradient.numel()));
        // A checkpoint holds nothing of the teacher: a run that goes on reads the weights again.
        Assert.Empty(((ICheckpointed)values).Tensors);
        // The second pass goes in parts, as for a batch that does not fit.
        TeacherPasses.Encode(teacher, values, new(images), new(1, 2), out var parts);
        Assert.True(tokens.Tokens.to(ScalarType.Float32).allclose(parts.Tokens.to(ScalarType.Float32), rtol: 1e-2,
            atol: mixed ? 3e-2 : 1e-5));
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void It_drops_no_path_though_its_arm_did()
    {
        using var source = new TeacherModules();
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var images = Draws.Normal("images", 3, 3, TeacherModules.Image, TeacherModules.Image);
        var dropping = new Vit(Wide with { DropPath = 0.9 }, TeacherModules.Image);
        dropping.Initialize(RandomStream.Root(1));
        var values = new TeacherWeights(source.Hold(dropping), null);
        TeacherPasses.Encode(Teacher.Of(dropping, "it"), values, new(images), new(1), out var tokens);
        Assert.True(tokens.Tokens.Equals(dropping.Encode(images, noise: null)));
        // This noise drops whatever can be dropped.
        Assert.False(tokens.Tokens.Equals(dropping.Encode(images, zeros(3, 2, 2))));
        values.Dispose();
    }

    [Fact]
    public void Its_vectors_are_in_the_space_that_its_weights_bring()
    {
        using var source = new TeacherModules(options: Wide);
        using var student = new TeacherModules();
        using var scope = NewDisposeScope();
        var (teacher, values, _) = Make(source, Given(source));
        FrozenTeacher.Space(Given(source), teacher, context => new LinearSpace(new() { Dim = 12 }, context), Seed,
            source.Hold, out var space, out var spaceValues);
        TeacherPasses.Encode(
            teacher, values, new(Draws.Normal("images", 2, 3, TeacherModules.Image, TeacherModules.Image)), new(1),
            out var tokens);
        TeacherPasses.Project(space, spaceValues, tokens, new(1), out var vectors);
        Assert.True(vectors.Values.Equals(tokens.Tokens.matmul(source.Weights.Parameters["image_projection"])));
        Assert.False(vectors.Values.requires_grad);
        spaceValues.Dispose();
        space.Dispose();
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void Where_nobody_trained_it_it_is_drawn_as_its_arm_would_be()
    {
        using var source = new TeacherModules();
        using var scope = NewDisposeScope();
        var (teacher, values, _) = Make(source,
            new(Title, () => new Vit(TeacherModules.Small, TeacherModules.Image), () => null, _ => false));
        var drawn = new Vit(TeacherModules.Small, TeacherModules.Image);
        drawn.Initialize(Seed.Initialization("backbone"));
        foreach (var (name, parameter) in drawn.named_parameters())
            Assert.True(parameter.Equals(values.Values.Parameters[name]));
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void Weights_that_lack_a_tensor_are_refused() =>
        Refused("1 are missing: visual.norm.weight", tensors => tensors.Remove("visual.norm.weight"));

    [Fact]
    public void Weights_of_another_shape_are_refused() => Refused(
        "visual.blocks.1.mlp.fc1.bias is [2, 3] there and [64] here", tensors =>
            tensors["visual.blocks.1.mlp.fc1.bias"] = zeros(2, 3));

    [Fact]
    public void Weights_of_more_blocks_are_refused() =>
        Refused($"backbone is larger in {Title}: visual.blocks.2.norm1.bias has no place here",
        tensors => tensors["visual.blocks.2.norm1.bias"] = zeros(16));

    [Fact]
    public void Weights_of_nothing_are_refused() => Refused($"nothing of {Title} fits: it has ", static tensors =>
    {
        tensors.Clear();
        tensors["stray"] = zeros(1);
    });

    [Fact]
    public void Weights_under_the_names_of_another_project_are_taken()
    {
        using var source = new TeacherModules();
        using var scope = NewDisposeScope();
        var (teacher, values, _) = Make(source, Given(source, static tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => name.StartsWith("visual.")).ToArray())
                if (tensors.Remove(name, out var tensor)) tensors.Add(name["visual.".Length..], tensor);
        }));
        foreach (var (name, parameter) in source.Backbone.named_parameters())
            Assert.True(values.Values.Parameters[name].Equals(source.Weights.Parameters[$"visual.{name}"]));
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void A_file_without_a_projection_is_refused_for_the_language_target_alone()
    {
        using var source = new TeacherModules();
        using var scope = NewDisposeScope();
        var given = Given(source, tensors => tensors.Remove("image_projection"));
        var (teacher, values, _) = Make(source, given);
        var refused = Assert.Throws<ArgumentException>(() => FrozenTeacher.Space(
            given, teacher, context => new LinearSpace(new() { Dim = 12 }, context), Seed,
            source.Hold, out var _, out var _));
        Assert.Contains($"[teacher]: {Title} has space in part only: ", refused.Message);
        Assert.Contains("1 are missing: image_projection", refused.Message);
        refused = Assert.Throws<ArgumentException>(() => FrozenTeacher.Space(
            Given(source), teacher, context => new LinearSpace(new() { Dim = 8 }, context), Seed,
            source.Hold, out var _, out var _));
        Assert.Contains("image_projection is [16, 12] there and [16, 8] here", refused.Message);
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void A_teacher_of_other_patches_is_refused()
    {
        using var source = new TeacherModules(options: TeacherModules.Small with { Patch = 4 });
        var refused = Assert.Throws<ArgumentException>(() => Make(source, Given(source)));
        Assert.Contains($"[teacher] of {Title} cuts an image into 8 x 8 patches, and the arm's [backbone] into 4 x 4",
            refused.Message);
    }

    static void Refused(string mistake, Action<Dictionary<string, Tensor>> change)
    {
        using var source = new TeacherModules();
        using var scope = NewDisposeScope();
        var refused = Assert.Throws<ArgumentException>(() => Make(source, Given(source, change)));
        Assert.StartsWith("[teacher]: ", refused.Message);
        Assert.Contains(mistake, refused.Message);
    }

    static Seed Seed => new(RandomStream.Root(5));

    static PretrainedWeights<FrozenTeacherOptions> Given(TeacherModules source,
        Action<Dictionary<string, Tensor>>? change = null) =>
        new(Title, () => new Vit(new() { Patch = source.Backbone.Patches.PatchSize, Width = source.Backbone.Shape.Width,
            Depth = 2, Heads = 2 }, TeacherModules.Image), Read(source, change), part =>
        {
            new WeightsTaking("[teacher]", Title, new(), Read(source, change)(), whole: true).Into([part]);
            return true;
        });

    static Func<Dictionary<string, Tensor>> Read(
        TeacherModules source, Action<Dictionary<string, Tensor>>? change) => () =>
    {
        var tensors = source.Weights.Tensors()
            .ToDictionary(tensor => tensor.Key, tensor => tensor.Value.detach().clone());
        change?.Invoke(tensors);
        return tensors;
    };

    static (Teacher Teacher, TeacherWeights Values, TeacherShape Shape) Make(TeacherModules source,
        PretrainedWeights<FrozenTeacherOptions> given)
    {
        FrozenTeacher.Setup(given, new(new(4, 4), 8, 1), Seed, source.Hold, out var teacher, out var values,
            out var shape);
        Assert.Equal(teacher.Backbone.Flops, teacher.Flops(visible: 4));
        return (teacher, values, shape);
    }
}
