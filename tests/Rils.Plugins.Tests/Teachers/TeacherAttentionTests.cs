using Rils.Contract;
using Rils.Models;
using Rils.Teachers;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Teachers;

/// <summary>The class token's attention in a teacher's pass.</summary>
public sealed class TeacherAttentionTests
{
    static Tensor Images => Draws.Normal("images", 5, 3, TeacherModules.Image, TeacherModules.Image);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void It_is_the_class_tokens_row_of_the_last_layer_without_what_stands_before_the_patches(
        int registers, int parts)
    {
        using var scope = NewDisposeScope();
        var vit = new Vit(TeacherModules.Small with { Registers = registers }, TeacherModules.Image);
        vit.Initialize(RandomStream.Root(1));
        var images = Images;
        var teacher = AttentionTeacher.Of(vit, "[teacher]");
        TeacherAttending.AttendOwn(teacher, new(images), new(parts), out var attention);
        Assert.Equal([5, 2, 16], attention.Weights.shape);
        Assert.False(attention.Weights.requires_grad);
        var row = vit.Attention(images, [2])[0].select(2, 0);
        Assert.True(row.narrow(2, 1 + registers, 16).allclose(attention.Weights, 1e-5, 1e-7));
        // The rest of the row is what the class token and the registers get.
        Assert.True(attention.Weights.sum(-1).lt(1).all().item<bool>());
        Assert.Equal(vit.AttentionFlops([2]), teacher.Flops(visible: 4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_teacher_of_a_moving_average_attends_with_its_own_weights(bool mixed)
    {
        using var student = new TeacherModules(mixed);
        using var scope = NewDisposeScope();
        EmaTeacher.Setup(new() { Momentum = 0.9 }, () => new Vit(TeacherModules.Small, TeacherModules.Image),
            student.Weights, student.Hold, out var teacher, out var values, out _);
        student.Train(0);
        TeacherAttending.Setup(teacher, out var attending);
        TeacherAttending.Attend(attending, values, new(Images), new(1), out var attention);
        Tensor Row(Vit vit) => vit.Attention(Images, [2])[0].select(2, 0).narrow(2, 1, 16);
        Assert.True(Row((Vit)teacher.Backbone).Equals(attention.Weights));
        Assert.False(Row(student.Backbone).allclose(attention.Weights, 1e-5, 1e-7));
        values.Dispose();
        teacher.Dispose();
    }

    [Fact]
    public void A_backbone_without_attention_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() =>
            AttentionTeacher.Of(new ResNet(new() { Depth = 18 }, TeacherModules.Image), "[teacher]"));
        Assert.StartsWith("[teacher] does not tell what its class token attends to", refused.Message);
    }
}
