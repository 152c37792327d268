package io.bowline.rpc.serialization.hessian;

import org.jspecify.annotations.Nullable;

/** A class as its sender defined it in this message: a name and the order of its fields. */
final class Definition {
    final String type;
    final String[] fields;
    private @Nullable StructureNode reader;
    private int[] places = {};

    Definition(String type, String[] fields) {
        this.type = type;
        this.fields = fields;
    }

    /** For each field its place in the structure, or -1 for one that the reader does not know. */
    int[] places(StructureNode node) {
        if (reader != node) {
            places = new int[fields.length];
            for (int i = 0; i < fields.length; i++) {
                places[i] = node.place(fields[i]);
            }
            reader = node;
        }
        return places;
    }
}
