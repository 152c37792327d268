package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.Kind;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.value.Containers;
import io.bowline.rpc.wire.value.Part;
import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Structure;
import io.bowline.rpc.wire.value.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds the nodes of one contract's types, each once. What a signature declares is built at start; what only
 * {@code Object} or the cause of an exception leads to is built when it is first met, and the gate bounds how much that
 * can be.
 */
@SuppressWarnings("JavaUtilDate") // Hessian's date is a Date
final class Nodes {
    private static final Set<Class<?>> SELF_DESCRIBING =
            Set.of(String.class, Boolean.class, Integer.class, Long.class, Double.class, Date.class);

    private final TypeGraph types;
    private final Map<ResolvedType, Node> built = new HashMap<>();
    private final Map<ResolvedType, StructureNode> structures = new HashMap<>();
    private final Map<Class<?>, EnumNode> enums = new HashMap<>();
    private final Map<Class<?>, Node> met = new ConcurrentHashMap<>();
    private final MapNode anyMap;
    private final AnyCollectionNode anyCollection;

    Nodes(TypeGraph types) {
        this.types = types;
        Node any = new AnyNode(Object.class, this);
        anyMap = new MapNode(Map.class, any, any, LinkedHashMap::new);
        anyCollection = new AnyCollectionNode(Collection.class, any, "Object");
    }

    /** The node of a whole value or of one argument. */
    Node root(ResolvedType type) {
        return of(type, type.toString());
    }

    /** The node of an object in an open place, by a name that the gate holds, or null. */
    @Nullable
    Node find(String name) {
        Class<?> type = types.find(name);
        return type == null ? null : met(type);
    }

    /** The node of a value in an open place, or null where the gate does not hold its class. */
    @Nullable
    Node find(Class<?> type) {
        return types.contains(type) ? met(type) : null;
    }

    /** The node of any map in an open place. */
    MapNode anyMap() {
        return anyMap;
    }

    /** The node of any collection in an open place. */
    AnyCollectionNode anyCollection() {
        return anyCollection;
    }

    private Node met(Class<?> type) {
        Node node = met.get(type);
        if (node == null) {
            node = inOpenPlace(type);
            met.put(type, node);
        }
        return node;
    }

    /** Where nothing else says the class, a value that Hessian has no form for is wrapped. */
    private synchronized Node inOpenPlace(Class<?> type) {
        Text text = SELF_DESCRIBING.contains(type) ? null : Text.find(type);
        return text == null ? exact(ResolvedType.of(type), type.getName()) : new TextNode(text, false);
    }

    private synchronized Node of(ResolvedType type, String path) {
        Node node = built.get(type);
        if (node == null) {
            node = make(type, path);
            built.put(type, node);
        }
        return node;
    }

    private Node make(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        return switch (type.kind()) {
            case ANY -> new AnyNode(raw, this);
            case OPEN -> open(type, path);
            case BEAN, RECORD, EXCEPTION -> {
                List<Class<?>> subtypes = types.subtypes(raw);
                boolean alone = subtypes.isEmpty() || subtypes.equals(List.of(raw));
                yield alone && type.kind() != Kind.EXCEPTION ? structure(type, path) : open(type, path);
            }
            default -> exact(type, path);
        };
    }

    /** A node for values of exactly this type, without a tag. */
    private Node exact(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        return switch (type.kind()) {
            case VALUE -> scalar(raw, path);
            case ENUM -> enums.computeIfAbsent(gated(raw, path), EnumNode::new);
            case ARRAY -> array(type, path);
            case COLLECTION -> {
                Node element = of(type.argument(0), path + " → " + type.argument(0));
                yield Containers.isOpen(raw)
                        ? new AnyCollectionNode(raw, element, path)
                        : new CollectionNode(raw, null, element, Containers.collections(type, path));
            }
            case MAP ->
                new MapNode(
                        raw,
                        of(type.argument(0), path + " → key " + type.argument(0)),
                        of(type.argument(1), path + " → " + type.argument(1)),
                        Containers.maps(type, path));
            case OPTIONAL -> new OptionalNode(of(type.argument(0), path + " → " + type.argument(0)));
            case BEAN, RECORD, EXCEPTION -> structure(type, path);
            case ANY, OPEN, FOREIGN ->
                throw Refusal.notSerializable(
                        raw.getName() + " is no concrete type that can travel, at " + path,
                        "declare a value, a record or a class with a no-argument constructor");
        };
    }

    private static Node scalar(Class<?> raw, String path) {
        Scalar scalar = Scalar.find(raw);
        Text text = Text.find(raw);
        if (scalar != null) {
            return scalar;
        }
        if (text == null) {
            throw Refusal.notSerializable(raw.getName() + " has no text form, at " + path, "declare another type");
        }
        return new TextNode(text, raw != BigDecimal.class && raw != BigInteger.class);
    }

    private Node array(ResolvedType type, String path) {
        Scalar bytes = Scalar.find(type.raw());
        ResolvedType component = type.argument(0);
        return bytes != null ? bytes : new ArrayNode(component.raw(), of(component, path + " → " + component));
    }

    /** Known before its parts are, because it may hold itself. */
    private StructureNode structure(ResolvedType type, String path) {
        StructureNode known = structures.get(type);
        if (known != null) {
            return known;
        }
        Class<?> raw = type.raw();
        if (type.kind() != Kind.EXCEPTION || raw.getClassLoader() != null) {
            gated(raw, path);
        }
        Structure structure = Structure.of(type, path);
        StructureNode node = new StructureNode(structure);
        structures.put(type, node);
        List<Part> parts = structure.parts();
        Node[] nodes = new Node[parts.size()];
        for (int i = 0; i < nodes.length; i++) {
            ResolvedType part = parts.get(i).type();
            nodes[i] = of(part, path + " → " + parts.get(i).name() + " → " + part);
        }
        node.link(nodes);
        return node;
    }

    private Node open(ResolvedType type, String path) {
        OpenNode open = new OpenNode(type.raw(), type.kind() == Kind.EXCEPTION ? this : null);
        built.put(type, open);
        Map<String, Node> known = new HashMap<>();
        if (type.kind() != Kind.OPEN) {
            known.put(type.raw().getName(), structure(type, path));
        }
        for (Class<?> subtype : types.subtypes(type.raw())) {
            ResolvedType as = type.as(subtype);
            if (as.kind() != Kind.OPEN && as.kind() != Kind.EXCEPTION) {
                known.putIfAbsent(subtype.getName(), exact(as, path + " → " + subtype.getSimpleName()));
            }
        }
        open.link(known);
        return open;
    }

    private Class<?> gated(Class<?> raw, String path) {
        if (!types.contains(raw)) {
            throw Refusal.notSerializable(
                    raw.getName() + " is not in the contract's type graph, at " + path, "register it");
        }
        return raw;
    }
}
