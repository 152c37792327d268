package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The border of one codec: what Jackson, the JDK or a user's constructor throws leaves it as an RpcException. */
final class JsonCodec implements Codec {
    private final Node root;
    private final String declared;

    JsonCodec(Node root, String declared) {
        this.root = root;
        this.declared = declared;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        int start = out.size();
        try (JsonGenerator generator = Json.FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            boolean whole = false;
            try {
                Node.writeNullable(root, value, generator);
                whole = true;
            } finally {
                if (!whole) {
                    forget(generator, out, start);
                }
            }
        } catch (StreamConstraintsException e) {
            throw Refusal.notSerializable(
                    declared + " nests deeper than " + Json.MAX_DEPTH + " levels",
                    "JSON cannot hold an object that holds itself; flatten the value, or use a serializer that keeps"
                            + " references");
        } catch (IOException e) {
            throw Refusal.notSerializable(
                    declared + " cannot be written as JSON (" + e.getClass().getSimpleName() + ")", "see its value");
        }
    }

    /** Half a value is none: what is buffered goes out with the close, and then away. */
    private static void forget(JsonGenerator generator, WireOutput out, int start) {
        try {
            generator.close();
        } catch (IOException | RuntimeException e) {
            // The failure under way is the one to tell; this is its echo.
        } finally {
            out.truncate(start);
        }
    }

    @Override
    public @Nullable Object read(WireInput in) {
        int length = in.remaining();
        try (JsonParser parser = Json.FACTORY.createParser(in.array(), in.position(), length)) {
            in.skipBytes(length);
            Source source = new Source(parser);
            source.next();
            Object value = Node.readNullable(root, source);
            if (parser.nextToken() != null) {
                throw Refusal.malformed(declared + ": more than one JSON value");
            }
            return value;
        } catch (RpcException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Refusal.malformed(declared + " as JSON", e);
        }
    }
}
