package io.bowline.rpc.discovery;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An {@link Instance} as text, for registries that store a value. Readable in any registry's console:
 *
 * <pre>
 * bowline-instance 1
 * id          orders-7f3a
 * application orders
 * address     10.0.0.7:9000
 * weight      100
 * service     demo.Orders  1.2  blue
 * serializer  protostuff
 * label       zone  eu-1
 * </pre>
 *
 * <p>One fact a line, its fields divided by one tab each; {@code service}, {@code serializer} and {@code label} may
 * repeat. Within a field, backslash, tab and line ends are written {@code \\ \t \n \r}, other control characters and
 * unpaired surrogates {@code \}{@code uXXXX}; so every text survives.
 *
 * <p>The number after the name is raised only by a change that an older reader must not read over. Anything else that a
 * newer version adds is a new kind of line or a further field, and older readers skip both.
 *
 * <p>What comes out of a registry is untrusted: reading ends with an instance, or with {@code MALFORMED_DATA} that
 * names the line and never repeats what stood there.
 */
public final class InstanceText {
    /** The most bytes of UTF-8 that are written or read. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String NAME = "bowline-instance";
    private static final int VERSION = 1;

    private InstanceText() {}

    /**
     * The text in UTF-8.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when the instance takes more than {@link #MAX_BYTES}
     */
    public static byte[] encode(Instance instance) {
        byte[] bytes = format(instance).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "instance of application '" + instance.application() + "': " + bytes.length
                            + " bytes as text (expected: at most " + MAX_BYTES
                            + "); offer fewer services from one process, or shorten its labels");
        }
        return bytes;
    }

    /**
     * Reads what {@link #encode} wrote, here or in another release.
     *
     * @throws RpcException {@code MALFORMED_DATA} when the bytes are not an instance of a version that is known here
     */
    public static Instance decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw malformed(bytes.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            throw malformed("not UTF-8");
        }
    }

    private static String format(Instance instance) {
        StringBuilder text = new StringBuilder(256);
        text.append(NAME).append(' ').append(VERSION).append('\n');
        line(text, "id", instance.id());
        line(text, "application", instance.application());
        line(text, "address", instance.address().toString());
        line(text, "weight", Integer.toString(instance.weight()));
        for (ServiceName service : instance.services()) {
            line(text, "service", service.name(), service.version(), service.group());
        }
        for (String serializer : new TreeSet<>(instance.serializers())) {
            line(text, "serializer", serializer);
        }
        for (Map.Entry<String, String> label : new TreeMap<>(instance.labels()).entrySet()) {
            line(text, "label", label.getKey(), label.getValue());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String... fields) {
        text.append(key);
        for (String field : fields) {
            text.append('\t');
            FieldText.escape(field, text);
        }
        text.append('\n');
    }

    private static Instance parse(String text) {
        String[] lines = text.split("\n", -1);
        checkVersion(lines[0]);
        Draft draft = new Draft();
        for (int number = 1; number < lines.length; number++) {
            String line = lines[number];
            if (line.isEmpty()) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            try {
                for (int field = 1; field < fields.length; field++) {
                    fields[field] = FieldText.unescape(fields[field]);
                }
                draft.take(fields);
            } catch (IllegalArgumentException bad) {
                throw malformed("line " + (number + 1) + ": not a readable fact");
            }
        }
        return draft.instance();
    }

    private static void checkVersion(String first) {
        if (!first.startsWith(NAME + " ")) {
            throw malformed("line 1 is not '" + NAME + " " + VERSION + "'");
        }
        if (!first.equals(NAME + " " + VERSION)) {
            throw malformed("a version of the form that is not known here (expected: " + VERSION
                    + "); it was written by another release");
        }
    }

    private static RpcException malformed(String problem) {
        return RpcException.of(Code.MALFORMED_DATA, "instance text: " + problem);
    }

    /** What has been read so far. */
    private static final class Draft {
        private final Map<String, String> single = new TreeMap<>();
        private final List<ServiceName> services = new ArrayList<>();
        private final TreeSet<String> serializers = new TreeSet<>();
        private final Map<String, String> labels = new TreeMap<>();

        void take(String[] fields) {
            switch (fields[0]) {
                case "id", "application", "address", "weight" -> {
                    if (single.put(fields[0], field(fields, 1)) != null) {
                        throw new IllegalArgumentException("twice");
                    }
                }
                case "service" -> services.add(new ServiceName(field(fields, 1), field(fields, 2), field(fields, 3)));
                case "serializer" -> serializers.add(field(fields, 1));
                case "label" -> labels.put(field(fields, 1), field(fields, 2));
                default -> {} // A newer version's; see the class comment.
            }
        }

        private static String field(String[] fields, int index) {
            if (index >= fields.length) {
                throw new IllegalArgumentException("too few fields");
            }
            return fields[index];
        }

        Instance instance() {
            try {
                return new Instance(
                        single("id"),
                        single("application"),
                        Address.parse(single("address")),
                        services,
                        serializers,
                        Integer.parseInt(single("weight")),
                        labels);
            } catch (IllegalArgumentException bad) {
                throw malformed("id, application, address or weight is missing or out of bounds");
            }
        }

        private String single(String key) {
            String value = single.get(key);
            if (value == null) {
                throw new IllegalArgumentException(key);
            }
            return value;
        }
    }
}
