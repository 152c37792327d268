package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Part;
import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Structure;
import java.util.List;

/**
 * A record, a bean or an exception: an object with the definition of its class. Where the declared type says the class, a
 * map of its fields is read, too.
 */
final class StructureNode implements Node {
    private final Structure structure;
    private final String type;
    private final List<String> names;
    private Node[] parts = {};

    StructureNode(Structure structure) {
        this.structure = structure;
        this.type = structure.type().getName();
        this.names = structure.parts().stream().map(Part::name).toList();
    }

    /** Completes the node, before it is used. */
    void link(Node[] nodes) {
        parts = nodes;
    }

    int place(String name) {
        return structure.place(name);
    }

    @Override
    public void write(Object value, HessianWriter out) {
        if (value.getClass() != structure.type()) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " stands where " + type + " is declared",
                    "register it as a subtype, on the client and on the server");
        }
        structure.check(value);
        if (!out.begin(value, this, structure.fillable())) {
            return;
        }
        out.writeObject(type, names);
        for (int i = 0; i < parts.length; i++) {
            Node.writeNullable(parts[i], structure.value(value, i), out);
        }
        out.end(value);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (tag == Tags.REF) {
            return in.reference(this);
        }
        if (Tags.isMap(tag)) {
            return fromMap(tag, in);
        }
        if (!Tags.isObject(tag)) {
            throw HessianInput.unexpected(tag, "an object of " + type);
        }
        Definition definition = in.definition(tag);
        if (!definition.type.equals(type)) {
            throw Refusal.malformed("an object that is no " + type);
        }
        return read(definition, in);
    }

    /** Reads the fields of an object whose definition names this class. */
    private Object read(Definition definition, HessianReader in) {
        Object draft = structure.start();
        int number = begin(draft, in);
        for (int place : definition.places(this)) {
            readPart(place, draft, in);
        }
        return in.end(number, structure.finish(draft));
    }

    private Object fromMap(int tag, HessianReader in) {
        if (tag == Tags.MAP_TYPED && !in.type().equals(type)) {
            throw Refusal.malformed("a map that is no " + type);
        }
        Object draft = structure.start();
        int number = begin(draft, in);
        while (!in.atEnd()) {
            readPart(place(in.in.string(in.in.next())), draft, in);
        }
        return in.end(number, structure.finish(draft));
    }

    private int begin(Object draft, HessianReader in) {
        return structure.fillable() ? in.begin(this, draft) : in.begin(this);
    }

    private void readPart(int place, Object draft, HessianReader in) {
        if (place < 0) {
            in.skip();
        } else {
            structure.fill(draft, place, Node.readNullable(parts[place], in));
        }
    }
}
