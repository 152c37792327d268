package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.shape.Containers;
import io.bowline.rpc.wire.shape.Refusal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;

/** A declared {@code Collection} or {@code Iterable}: a list is a bare array, a set or a deque has a tag. */
final class AnyCollectionNode implements Node {
    private final CollectionNode list;
    private final Map<String, CollectionNode> tagged;

    AnyCollectionNode(Node element) {
        list = new CollectionNode(ArrayList.class, element, ArrayList::new);
        tagged = Map.of(
                ArrayList.class.getName(),
                list,
                LinkedHashSet.class.getName(),
                new CollectionNode(LinkedHashSet.class, element, LinkedHashSet::new),
                ArrayDeque.class.getName(),
                new CollectionNode(ArrayDeque.class, element, ArrayDeque::new));
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        if (!(value instanceof Collection<?> collection)) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + ", which is no collection", "pass a List or a Set");
        }
        Class<?> usual = Containers.usual(collection);
        CollectionNode node = tagged.get(usual.getName());
        if (node == null || usual == ArrayList.class) {
            list.write(value, out);
        } else {
            Tag.write(usual.getName(), node, value, out);
        }
    }

    @Override
    public Object read(Source in) throws IOException {
        if (in.token() != JsonToken.START_OBJECT) {
            return list.read(in);
        }
        in.next();
        String name = Tag.read(in);
        CollectionNode node = name == null ? null : tagged.get(name);
        if (node == null) {
            throw Refusal.malformed("a JSON object (expected: an array, or a collection with its @type)");
        }
        return Tag.content(node, in);
    }
}
