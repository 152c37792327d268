package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.value.Containers;
import io.bowline.rpc.wire.value.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A declared type that leaves open which kind of collection stands there: the usual kind is bare, any other typed. */
final class AnyCollectionNode implements Node {
    private final Class<?> declared;
    private final CollectionNode bare;
    private final Map<String, CollectionNode> kinds = new HashMap<>();

    AnyCollectionNode(Class<?> declared, Node element, String path) {
        this.declared = declared;
        List<Class<?>> usual = Containers.usual(declared);
        for (Class<?> kind : usual) {
            ResolvedType type = new ResolvedType(kind, List.of());
            String name = kind == usual.get(0) ? null : kind.getName();
            kinds.put(kind.getName(), new CollectionNode(kind, name, element, Containers.collections(type, path)));
        }
        bare = kind(usual.get(0).getName());
    }

    @Override
    public void write(Object value, HessianWriter out) {
        kind(Containers.usual(declared, value).getName()).write(value, out);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (tag == Tags.REF) {
            return in.reference(this, value -> kinds.get(value.getClass().getName()));
        }
        if (!Tags.isList(tag)) {
            throw HessianInput.unexpected(tag, "a list");
        }
        return read(ListHead.read(tag, in), in);
    }

    Object read(ListHead head, HessianReader in) {
        CollectionNode node = head.type() == null ? bare : kind(head.type());
        return node.read(head, in);
    }

    /** The node for a kind, or null for a type that is none. */
    @Nullable
    CollectionNode find(String type) {
        return kinds.get(type);
    }

    private CollectionNode kind(String type) {
        CollectionNode kind = find(type);
        if (kind == null) {
            throw Refusal.malformed("a type that is no " + declared.getName());
        }
        return kind;
    }
}
