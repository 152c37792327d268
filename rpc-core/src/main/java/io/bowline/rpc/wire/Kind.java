package io.bowline.rpc.wire;

/** How values of a declared type are taken apart: the one question that every codec asks first. */
public enum Kind {
    /** A primitive or a JDK class that is one value: text, numbers, {@code java.time}, {@code UUID} and their like. */
    VALUE,
    ENUM,
    ARRAY,
    /** {@code Collection}, its JDK interfaces and usual classes. */
    COLLECTION,
    /** {@code Map}, its JDK interfaces and usual classes. */
    MAP,
    OPTIONAL,
    /** {@code Object} and the few JDK supertypes of values: whatever the gate lets through may stand there. */
    ANY,
    RECORD,
    /** A concrete class that is made by its no-argument constructor and filled field by field. */
    BEAN,
    EXCEPTION,
    /** An interface or abstract class of the user: a sealed or registered subtype stands there. */
    OPEN,
    /** What cannot travel. */
    FOREIGN
}
