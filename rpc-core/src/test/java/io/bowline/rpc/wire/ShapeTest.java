package io.bowline.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapeTest {
    record All(
            boolean z,
            byte b,
            short s,
            char c,
            int i,
            long l,
            float f,
            double d,
            @Nullable String text,
            @Nullable List<String> list) {}

    record None() {}

    static class Parent {
        private long id = 5;
    }

    static final class Child extends Parent {
        private String name = "given";
        private final int fixed;
        private transient int skipped = 1;

        private Child() {
            fixed = Integer.parseInt("3");
        }
    }

    static final class Demanding {
        private final int needed;

        Demanding(int needed) {
            this.needed = needed;
        }
    }

    private static Shape shape(Class<?> type) {
        return Shape.of(ResolvedType.of(type), "here");
    }

    private static Object copy(Object value) throws Throwable {
        Shape shape = shape(value.getClass());
        Object draft = shape.start().invoke();
        for (Shape.Part part : shape.parts()) {
            part.setter().invoke(draft, part.getter().invoke(value));
        }
        return shape.finish().invoke(draft);
    }

    @Test
    void takesRecordsApartAndTogether() throws Throwable {
        All full = new All(
                true,
                (byte) -1,
                Short.MIN_VALUE,
                '\uffff',
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                -0.0f,
                Double.NaN,
                "t",
                List.of());

        assertThat(copy(full)).isEqualTo(full);
        assertThat(copy(new None())).isEqualTo(new None());
    }

    @Test
    void leavesPartsOfRecordsZeroThatAreNotSet() throws Throwable {
        Shape shape = shape(All.class);

        Object empty = shape.finish().invoke(shape.start().invoke());

        assertThat(empty).isEqualTo(new All(false, (byte) 0, (short) 0, '\0', 0, 0, 0f, 0d, null, null));
    }

    @Test
    void fillsBeansWithTheFieldsOfTheirSuperclassesFirst() throws Throwable {
        Child child = new Child();
        ((Parent) child).id = 9;
        child.name = "changed";

        Child copied = (Child) copy(child);

        assertThat(((Parent) copied).id).isEqualTo(9);
        assertThat(copied.name).isEqualTo("changed");
        assertThat(copied.fixed).isEqualTo(3);
        assertThat(copied.skipped).isEqualTo(1);
        assertThat(shape(Child.class).parts())
                .extracting(part -> part.property().name())
                .containsExactly("id", "name", "fixed");
    }

    @Test
    void refusesClassesWithoutAConstructorThatTakesNothing() {
        assertThat(new Demanding(1).needed).isOne();
        assertThatThrownBy(() -> shape(Demanding.class))
                .isInstanceOf(RpcException.class)
                .hasMessageContainingAll("RPC-NOT-SERIALIZABLE", "ShapeTest$Demanding", "at here", "make it a record");
    }
}
