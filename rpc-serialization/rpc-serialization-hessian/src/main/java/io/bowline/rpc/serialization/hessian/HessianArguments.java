package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import io.bowline.rpc.wire.value.Refusal;
import org.jspecify.annotations.Nullable;

/** An argument list: the values one after the other, sharing one table of references. */
final class HessianArguments implements Codec {
    private final Node[] parameters;

    HessianArguments(Node[] parameters) {
        this.parameters = parameters;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        @Nullable Object[] arguments = value == null ? new Object[0] : (@Nullable Object[]) value;
        if (arguments.length != parameters.length) {
            throw Refusal.notSerializable(
                    arguments.length + " arguments (expected: " + parameters.length + ")", "pass one a parameter");
        }
        HessianWriter.write(out, writer -> {
            for (int i = 0; i < parameters.length; i++) {
                Node.writeNullable(parameters[i], arguments[i], writer);
            }
        });
    }

    @Override
    public @Nullable Object read(WireInput in) {
        return HessianReader.read("arguments", in, reader -> {
            @Nullable Object[] arguments = new Object[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                arguments[i] = Node.readNullable(parameters[i], reader);
                if (arguments[i] == null && parameters[i] instanceof Scalar scalar && scalar.primitive()) {
                    throw Refusal.malformed("null for argument " + i + ", a primitive");
                }
            }
            return arguments;
        });
    }
}
