package io.bowline.rpc.serialization.hessian;

import org.jspecify.annotations.Nullable;

/**
 * One declared type, as Hessian. Nodes form the tree, or the loops, of a signature; they are built at start and keep
 * nothing of a call. Null is dealt with around them.
 */
interface Node {
    void write(Object value, HessianWriter out);

    /** Reads the value whose first byte is the tag. */
    Object read(int tag, HessianReader in);

    static void writeNullable(Node node, @Nullable Object value, HessianWriter out) {
        if (value == null) {
            out.writeNull();
        } else {
            node.write(value, out);
        }
    }

    static @Nullable Object readNullable(Node node, HessianReader in) {
        int tag = in.tag();
        return tag == Tags.NULL ? null : node.read(tag, in);
    }
}
