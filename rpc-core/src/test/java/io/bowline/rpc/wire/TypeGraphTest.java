package io.bowline.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypeGraphTest {
    interface Contract {
        Quote quote(Item item) throws OutOfStock, IOException;

        Result<Item> find(Map<Key, List<Box<Item>>> boxes, Item[][] grid);

        Animal animal();

        Bad bad();

        InputStream stream();

        Generic<Generic<Item>> growing();

        Stack stack();

        Base base();

        Outer.Inner inner();

        Properties properties();

        Colour colour(RoundingMode mode);
    }

    record Quote(BigDecimal price, Optional<Item> item) {}

    record Item(String name, Category category) {}

    record Key(int id) {}

    record Box<T>(T content) {}

    enum Category {
        A,
        B
    }

    sealed interface Result<T> {}

    record Found<T>(T value) implements Result<T> {}

    record Missing<T>(List<String> near) implements Result<T> {}

    static final class OutOfStock extends Exception {
        private static final long serialVersionUID = 1;
        transient Thread seller = Thread.currentThread();
        Category category = Category.A;
    }

    interface Animal {}

    record Dog(String name) implements Animal {}

    record Bad(Owner owner) {}

    record Owner(List<Optional<Thread>> hands) {}

    static class Generic<T> {
        T value;
        Generic<List<T>> next;
    }

    static class Stack extends ArrayList<String> {
        private static final long serialVersionUID = 1;
    }

    static class Base {
        static Thread shared;
        int id;
    }

    static class Derived extends Base {
        Key key;
    }

    static class Outer {
        class Inner {
            int id;
        }
    }

    enum Colour {
        RED {
            @Override
            int hue() {
                return 1;
            }
        };

        abstract int hue();
    }

    static class Canary {
        static {
            TypeGraphTest.canarySang = true;
        }

        int id;
    }

    static boolean canarySang;

    private static TypeGraph graph(String method, Class<?>... registered) {
        Method found = Arrays.stream(Contract.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow();
        Map<String, List<Type>> roots = new HashMap<>();
        roots.put("Contract." + method + " result", List.of(found.getGenericReturnType()));
        roots.put("Contract." + method, List.of(found.getGenericParameterTypes()));
        roots.put("Contract." + method + " throws", List.of(found.getGenericExceptionTypes()));
        return TypeGraph.of(roots, Set.of(registered));
    }

    private static void assertRefused(String method, String... parts) {
        assertThatThrownBy(() -> graph(method))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_SERIALIZABLE))
                .hasMessageContainingAll(parts);
    }

    @Test
    void holdsWhatSignaturesReachAndNothingElse() {
        TypeGraph graph = graph("quote");

        assertThat(graph.contains(Quote.class)).isTrue();
        assertThat(graph.contains(Item.class)).isTrue();
        assertThat(graph.contains(OutOfStock.class)).isTrue();
        assertThat(graph.contains(IOException.class)).isTrue();
        assertThat(graph.find(Category.class.getName())).isEqualTo(Category.class);
        assertThat(graph.contains(Key.class)).isFalse();
        assertThat(graph.find("java.lang.Thread")).isNull();
    }

    @Test
    void holdsValuesAndUsualContainersOfTheJdk() {
        TypeGraph graph = TypeGraph.values();

        assertThat(graph.contains(BigDecimal.class)).isTrue();
        assertThat(graph.contains(ArrayList.class)).isTrue();
        assertThat(graph.contains(byte[].class)).isTrue();
        assertThat(graph.contains(List.class)).isFalse();
        assertThat(graph.contains(Object.class)).isFalse();
    }

    @Test
    void followsTypeArgumentsArraysAndSealedTypes() {
        TypeGraph graph = graph("find");

        assertThat(graph.contains(Key.class)).isTrue();
        assertThat(graph.contains(Box.class)).isTrue();
        assertThat(graph.contains(Category.class)).isTrue();
        assertThat(graph.contains(Item[][].class)).isTrue();
        assertThat(graph.subtypes(Result.class)).containsExactlyInAnyOrder(Found.class, Missing.class);
    }

    @Test
    void refusesOpenTypesWithoutRegisteredSubtypes() {
        assertRefused("animal", Animal.class.getName(), "Contract.animal result: Animal", "register its subtypes");

        assertThat(graph("animal", Dog.class).subtypes(Animal.class)).containsExactly(Dog.class);
    }

    @Test
    void namesTheWholePathToWhatCannotTravel() {
        assertRefused(
                "bad",
                "RPC-NOT-SERIALIZABLE java.lang.Thread ",
                "Contract.bad result: Bad → owner → Owner → hands → List → Optional → Thread;");
        assertRefused("stream", "java.io.InputStream");
        assertRefused("growing", "grow without end");
        assertRefused("stack", "container class of its own");
        assertRefused("inner", "belongs to an object around it");
        assertRefused("properties", "java.util.Properties");
    }

    @Test
    void skipsStaticFieldsAndTakesRegisteredSubclassesOfConcreteClasses() {
        TypeGraph graph = graph("base", Derived.class);

        assertThat(graph.subtypes(Base.class)).containsExactlyInAnyOrder(Base.class, Derived.class);
        assertThat(graph.contains(Key.class)).isTrue();
    }

    @Test
    void holdsTheEnumOfConstantsWithBodies() {
        TypeGraph graph = graph("colour");

        assertThat(graph.contains(Colour.class)).isTrue();
        assertThat(graph.contains(RoundingMode.class)).isTrue();
        assertThat(graph.contains(Colour.RED.getClass())).isFalse();
    }

    @Test
    void initialisesNothing() {
        TypeGraph graph = TypeGraph.of(Map.of("here", List.of(Canary.class)), Set.of());

        assertThat(graph.contains(Canary.class)).isTrue();
        assertThat(canarySang).isFalse();
    }

    @Test
    void bindsTheVariablesOfSubtypesToThoseOfTheDeclaredType() throws Exception {
        Type declared = Contract.class
                .getDeclaredMethod("find", Map.class, Item[][].class)
                .getGenericReturnType();
        ResolvedType found = ResolvedType.of(declared).as(Found.class);

        assertThat(found).hasToString("Found<Item>");
        assertThat(Property.of(found).get(0).type()).isEqualTo(ResolvedType.of(Item.class));
    }
}
