package io.bowline.rpc.testkit;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One thing that serializers are known to lose. A serializer carries it faithfully, or says in
 * {@link SerializerContract#refused()} that it refuses it, and then refuses it when the codec is built.
 */
@SuppressWarnings("ImmutableEnumChecker") // types, suppliers and Set.of are immutable, which Error Prone cannot see
public enum SerializerCase {
    RECORDS(SerializerSamples.Item.class, "name", SerializerValues::items),
    NESTED_RECORDS(SerializerSamples.Order.class, "first", SerializerValues::orders),
    RECORDS_IN_LISTS(SerializerSamples.Cart.class, "items", SerializerValues::carts),
    RECORDS_IN_MAPS(SerializerSamples.Stock.class, "byName", SerializerValues::stocks),
    EMPTY_RECORDS(SerializerSamples.Nothing.class, "Nothing", () -> List.of(new SerializerSamples.Nothing())),
    CLASSES(SerializerSamples.Account.class, "id", SerializerValues::accounts),
    ENUMS(SerializerSamples.Enums.class, "colour", SerializerValues::enums),
    ENUMS_WITH_BODIES(SerializerSamples.EnumBodies.class, "operation", SerializerValues::enumBodies),
    ENUM_SETS_AND_MAPS(SerializerSamples.EnumContainers.class, "set", SerializerValues::enumContainers),
    NULLS_IN_LISTS(SerializerSamples.ListNulls.class, "texts", SerializerValues::listNulls),
    NULLS_IN_MAPS(SerializerSamples.MapNulls.class, "items", SerializerValues::mapNulls),
    NULLS_IN_ARRAYS(SerializerSamples.ArrayNulls.class, "texts", SerializerValues::arrayNulls),
    COLLECTIONS(SerializerSamples.Collections.class, "collection", SerializerValues::collections),
    IMMUTABLE_COLLECTIONS(SerializerSamples.Collections.class, "collection", SerializerValues::immutableCollections),
    CONCRETE_COLLECTIONS(SerializerSamples.ConcreteCollections.class, "list", SerializerValues::concreteCollections),
    NESTED_COLLECTIONS(SerializerSamples.NestedCollections.class, "lists", SerializerValues::nestedCollections),
    OPTIONALS(SerializerSamples.Optionals.class, "text", SerializerValues::optionals),
    NULL_OPTIONALS(SerializerSamples.NullOptional.class, "text", SerializerValues::nullOptionals),
    INSTANTS(SerializerSamples.Instants.class, "instant", SerializerValues::instants),
    LOCAL_TIMES(SerializerSamples.LocalTimes.class, "date", SerializerValues::localTimes),
    ZONED_TIMES(SerializerSamples.ZonedTimes.class, "time", SerializerValues::zonedTimes),
    BIG_NUMBERS(SerializerSamples.Numbers.class, "decimal", SerializerValues::numbers),
    FLOATS(SerializerSamples.Floats.class, "f", SerializerValues::floats),
    TEXTS(SerializerSamples.Texts.class, "text", SerializerValues::texts),
    OTHER_VALUES(SerializerSamples.Values.class, "uuid", SerializerValues::values),
    PRIMITIVE_ARRAYS(SerializerSamples.PrimitiveArrays.class, "z", SerializerValues::primitiveArrays),
    NESTED_ARRAYS(SerializerSamples.NestedArrays.class, "grid", SerializerValues::nestedArrays),
    OBJECT_ARRAYS(SerializerSamples.ObjectArrays.class, "texts", SerializerValues::objectArrays),
    VALUES_AS_KEYS(SerializerSamples.ValueKeys.class, "ints", SerializerValues::valueKeys),
    ENUMS_AS_KEYS(SerializerSamples.EnumKeys.class, "colours", SerializerValues::enumKeys),
    RECORDS_AS_KEYS(SerializerSamples.RecordKeys.class, "items", SerializerValues::recordKeys),
    GENERIC_FIELDS(SerializerSamples.Generics.class, "page", SerializerValues::generics),
    GENERIC_SUPERCLASSES(SerializerSamples.Bound.class, "value", SerializerValues::bounds),
    SEALED_FIELDS(SerializerSamples.Sealed.class, "shape", SerializerValues::sealed),
    SEALED_GENERICS(SerializerSamples.SealedGenerics.class, "result", SerializerValues::sealedGenerics),
    REGISTERED_SUBTYPES(
            SerializerSamples.Registered.class,
            "animal",
            SerializerValues::registered,
            SerializerSamples.Dog.class,
            SerializerSamples.Cat.class),
    REGISTERED_SUBCLASSES(
            SerializerSamples.Subclasses.class,
            "entity",
            SerializerValues::subclasses,
            SerializerSamples.Account.class),
    OBJECT_FIELDS(
            SerializerSamples.Objects.class,
            "value",
            SerializerValues::objects,
            SerializerSamples.Item.class,
            SerializerSamples.Colour.class,
            SerializerSamples.Operation.class),
    ABSTRACT_VALUES(SerializerSamples.Abstracts.class, "number", SerializerValues::abstracts),
    EMPTY_AND_NULL(SerializerSamples.Empties.class, "text", SerializerValues::empties),
    BOXES(SerializerSamples.Boxes.class, "z", SerializerValues::boxes),
    PRIMITIVES(SerializerSamples.Primitives.class, "z", SerializerValues::primitives),
    /** Class, message and the exception's own fields; the stack may stay behind. */
    EXCEPTIONS(SerializerSamples.Failure.class, "exception", SerializerValues::failures),
    /** Equal values; that they were one object may be forgotten. */
    SHARED_REFERENCES(SerializerSamples.Shared.class, "one", SerializerValues::shared),
    /** What a constructor sets is replaced by what was sent, also by nothing, and never added to. */
    PREFILLED_FIELDS(SerializerSamples.Prefilled.class, "tags", SerializerValues::prefilled);

    private final Type type;
    private final String field;
    private final Supplier<List<?>> samples;
    private final Set<Class<?>> registered;

    SerializerCase(Type type, String field, Supplier<List<?>> samples, Class<?>... registered) {
        this.type = type;
        this.field = field;
        this.samples = samples;
        this.registered = Set.of(registered);
    }

    /** The declared type of the case's values. */
    Type type() {
        return type;
    }

    /** The part of the path that a refusal must name. */
    String field() {
        return field;
    }

    List<?> samples() {
        return samples.get();
    }

    /** The subtypes that a user would register for this case. */
    Set<Class<?>> registered() {
        return registered;
    }
}
