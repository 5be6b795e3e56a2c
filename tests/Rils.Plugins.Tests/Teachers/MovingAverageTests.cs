using Rils.Contract;
using Rils.Models;
using Rils.Teachers;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Teachers;

public sealed class MovingAverageTests
{
    const double Momentum = 0.7;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_has_the_bits_of_the_formula_parameter_by_parameter(bool mixed)
    {
        using var student = new TeacherModules(mixed);
        using var scope = NewDisposeScope();
        var (teacher, values, momentum) = Teacher(student);
        EmaTeacher.Space(context => new LinearSpace(new() { Dim = 12 }, context), student.Backbone.Shape, teacher,
            student.Weights, student.Hold, out var space, out var spaceValues);
        Assert.Equal(["image_projection", "logit_scale"], spaceValues.Values.Parameters.Keys.Order());
        var plain = values.Values.Parameters.Keys.ToDictionary(name => $"visual.{name}",
            name => values.Values.Parameters[name])
            .Concat(spaceValues.Values.Parameters).ToDictionary();
        var expected = plain.Keys.ToDictionary(name => name, name => student.Weights.Parameters[name].clone());
        for (var step = 0; step < 5; step++)
        {
            student.Train(step);
            EmaTeacher.Follow(momentum, ref values);
            EmaTeacher.FollowSpace(momentum, ref spaceValues);
            foreach (var (name, tensor) in expected)
                tensor.mul_(Momentum).add_(student.Weights.Parameters[name], 1 - Momentum);
        }
        Assert.All(expected, tensor =>
            Assert.Equal(tensor.Value.bytes.ToArray(), plain[tensor.Key].contiguous().bytes.ToArray()));
        Assert.All(student.Weights.Parameters.Where(parameter => plain.ContainsKey(parameter.Key)),
            parameter => Assert.NotEqual(parameter.Value.contiguous().bytes.ToArray(),
                plain[parameter.Key].contiguous().bytes.ToArray()));
        // Parameters that lie side by side in both are one run, so a few operations average all parameters.
        Assert.InRange(values.Average!.Count, 2, 8);
        Assert.True(values.Values.Parameters.Count > 4 * values.Average.Count);
        values.Dispose();
        spaceValues.Dispose();
        teacher.Dispose();
        space.Dispose();
    }

    /// <summary>The teacher's modules compute with the average; under bf16 with a rounded copy, which the pass makes
    /// anew because a checkpoint may have changed the average.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_pass_computes_with_the_average(bool mixed)
    {
        using var student = new TeacherModules(mixed);
        using var scope = NewDisposeScope();
        var (teacher, values, momentum) = Teacher(student);
        student.Train(0);
        EmaTeacher.Follow(momentum, ref values);
        var images = Draws.Normal("images", 3, 3, TeacherModules.Image, TeacherModules.Image);
        TeacherPasses.Encode(teacher, values, new(images), new(1), out var tokens);
        foreach (var (name, value) in values.Values.Parameters)
            student.Weights.Parameters[$"visual.{name}"].copy_(value);
        student.Weights.CastToBf16();
        using var constant = no_grad();
        Assert.True(tokens.Tokens.Equals(student.Backbone.Encode(images)));
        Assert.Equal(mixed ? ScalarType.BFloat16 : ScalarType.Float32, teacher.Backbone.named_parameters()
            .First(p => p.name.EndsWith("qkv.weight", StringComparison.Ordinal)).parameter.dtype);
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void What_is_in_no_group_is_taken_once_and_not_followed()
    {
        using var scope = NewDisposeScope();
        ParameterGroup Group(params (string Name, long Start)[] starts) =>
            new("decay", 1, Draws.Normal(string.Concat(starts), 64),
                zeros(0)) { Starts = starts.ToDictionary(start => start.Name, start => start.Start) };
        static Dictionary<string, Tensor> Views(ParameterGroup group, params string[] names) =>
            names.ToDictionary(name => name, name => group.Values.narrow(0, group.Starts[name], 16));
        var (mine, other) = (Group(("a", 0), ("b", 32)), Group(("x.c", 0), ("x.a", 32)));
        var frozen = Draws.Normal("frozen", 16);
        var none = new Dictionary<string, Tensor>();
        var average = new Weights([mine], Views(mine, "a", "b"), none);
        var followed = new Weights([other],
            new Dictionary<string, Tensor>(Views(other, "x.c", "x.a")) { ["x.b"] = frozen }, none);
        using var moving = new MovingAverage(average, followed, "x.");
        Assert.Equal(1, moving.Count);
        Assert.True(average.Parameters["b"].Equals(frozen));
        var first = followed.Parameters["x.a"].clone();
        other.Values.add_(1);
        moving.Follow(Momentum);
        Assert.True(average.Parameters["b"].Equals(frozen));
        Assert.True(average.Parameters["a"]
            .Equals(first.mul_(Momentum).add_(followed.Parameters["x.a"], 1 - Momentum)));
    }

    static (Teacher Teacher, TeacherWeights Values, EmaMomentum Momentum) Teacher(TeacherModules student)
    {
        EmaTeacher.Setup(new() { Momentum = Momentum }, () => new Vit(TeacherModules.Small, TeacherModules.Image),
            student.Weights, student.Hold,
            out var teacher, out var values, out var momentum);
        Assert.Equal(student.Backbone.Flops, teacher.Flops(visible: 4));
        return (teacher, values, momentum);
    }
}
