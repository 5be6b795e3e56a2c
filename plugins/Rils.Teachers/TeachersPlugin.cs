namespace Rils.Teachers;

/// <summary>Brings <c>[teacher] kind = "ema"</c> and <c>"frozen"</c>, and makes the arm's own full pass the teacher of
/// an arm that has neither.</summary>
public sealed class TeachersPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<EmaTeacherOptions>("teacher", "ema")
        .Component<FrozenTeacherOptions>("teacher", "frozen")
        .System(Stage.Setup, "teacher.ema.shape", EmaTeacher.Shape, static order => order.Requires<EmaTeacherOptions>())
        .System(Stage.Setup, "teacher.ema.setup", EmaTeacher.Setup, static order => order.Requires<ITokenBackbone>())
        .System(Stage.Setup, "teacher.ema.space", EmaTeacher.Space,
            static order => order.Requires<EmaMomentum>().Requires<SharedSpace>())
        .System(Stage.Setup, "teacher.frozen.setup", FrozenTeacher.Setup,
            static order => order.Requires<FrozenTeacherOptions>())
        .System(Stage.Setup, "teacher.frozen.space", FrozenTeacher.Space, static order => order.Requires<SharedSpace>())
        .System(Stage.Forward, "teacher.encode", TeacherPasses.Encode)
        .System(Stage.Forward, "teacher.own", TeacherPasses.Own, static order => order.Fallback())
        .System(Stage.Forward, "teacher.project", TeacherPasses.Project)
        .System(Stage.Setup, "teacher.ema.attention", TeacherAttending.Setup,
            static order => order.Requires<EmaMomentum>().Requires<IAttentionMaps>())
        .System(Stage.Setup, "teacher.frozen.attention", TeacherAttending.Setup,
            static order => order.Requires<FrozenTeacherOptions>())
        .System(Stage.Setup, "teacher.own.attention", TeacherAttending.SetupOwn,
            static order => order.Requires<IAttentionMaps>().Fallback())
        .System(Stage.Forward, "teacher.attend", TeacherAttending.Attend)
        .System(Stage.Forward, "teacher.own.attend", TeacherAttending.AttendOwn, static order => order.Fallback())
        .System(Stage.Update, "teacher.follow", EmaTeacher.Follow,
            static order => order.Requires<Teacher>().After<Weights>())
        .System(Stage.Update, "teacher.space.follow", EmaTeacher.FollowSpace,
            static order => order.Requires<TeacherSpace>().After<Weights>());
}
