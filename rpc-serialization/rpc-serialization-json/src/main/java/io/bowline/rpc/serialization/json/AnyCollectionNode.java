package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.value.Containers;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A declared type that leaves open which kind of collection stands there: the usual kind is bare, any other has a tag. */
final class AnyCollectionNode implements Node {
    private final Class<?> declared;
    private final CollectionNode bare;
    private final Map<String, CollectionNode> kinds = new HashMap<>();

    AnyCollectionNode(Class<?> declared, Node element, String path) {
        this.declared = declared;
        for (Class<?> usual : Containers.usual(declared)) {
            ResolvedType type = new ResolvedType(usual, List.of());
            kinds.put(usual.getName(), new CollectionNode(usual, element, Containers.collections(type, path)));
        }
        bare = kind(Containers.usual(declared).get(0).getName());
    }

    private CollectionNode kind(String name) {
        CollectionNode kind = kinds.get(name);
        if (kind == null) {
            throw Refusal.malformed("a type that is no " + declared.getName());
        }
        return kind;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        String name = Containers.usual(declared, value).getName();
        CollectionNode node = kind(name);
        if (node == bare) {
            bare.write(value, out);
        } else {
            Tag.write(name, node, value, out);
        }
    }

    @Override
    public Object read(Source in) throws IOException {
        if (in.token() != JsonToken.START_OBJECT) {
            return bare.read(in);
        }
        in.next();
        String name = Tag.read(in);
        if (name == null) {
            throw Refusal.malformed("a JSON object (expected: an array, or a collection with its @type)");
        }
        return Tag.content(kind(name), in);
    }
}
