using Rils.Contract;
using Rils.Engine.Data;

namespace Rils.Tests.Engine.Data;

public sealed class BatchShapeTests
{
    static PatchShape Image(int rows, int columns) => new(new(rows, columns), 8, 1);

    [Fact]
    public void Arms_with_differing_patches_and_contexts_each_get_noise_of_their_number_and_the_longest_context()
    {
        var shape = new BatchShape();
        shape.Complete([Image(4, 4), Image(2, 2), Image(4, 4), Image(2, 8)],
            [new(16, 12), new(16, 77), new(8, 32)], hasViews: false);
        Assert.Equal([4, 16], shape.Patches);
        Assert.Equal(77, shape.Context);
    }

    [Fact]
    public void Without_text_there_is_no_context()
    {
        var shape = new BatchShape();
        shape.Complete([Image(4, 4)], [], hasViews: false);
        Assert.Equal(0, shape.Context);
        Assert.Equal([16], shape.Patches);
    }
}
