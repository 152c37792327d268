package io.bowline.rpc.spring.properties;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.spring.names.RpcNames;
import io.bowline.rpc.spring.names.SetProperties;
import io.bowline.rpc.spring.reference.ReferenceRequest;
import io.bowline.rpc.spring.reference.ReferenceSettings;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** What properties say of references; may come to say something else while the application runs. Thread-safe. */
public final class PropertySettings implements ReferenceSettings {
    private final RpcNames names;
    private volatile Supplier<ClientProperties> properties;

    /**
     * To begin with, these.
     *
     * @param names what properties name
     */
    public PropertySettings(ClientProperties properties, RpcNames names) {
        this(() -> properties, names);
    }

    private PropertySettings(Supplier<ClientProperties> properties, RpcNames names) {
        this.properties = properties;
        this.names = names;
    }

    /**
     * To begin with, what the environment says. Where nothing is set under {@code rpc.client} it is read when first asked
     * for; what is set is read, and refused, at once.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} for a property under {@code rpc} that there is not
     */
    public static PropertySettings of(Environment environment, RpcNames names) {
        Set<String> set = SetProperties.of(environment);
        if (set.contains("client")) {
            return new PropertySettings(ClientProperties.bind(environment), names);
        }
        if (!set.isEmpty()) {
            KnownProperties.check(environment);
        }
        SingletonSupplier<ClientProperties> later = SingletonSupplier.of(() -> ClientProperties.bind(environment));
        return new PropertySettings(later::obtain, names);
    }

    /** From now on, these. */
    public void change(ClientProperties properties) {
        this.properties = () -> properties;
    }

    @Override
    public ReferenceOptions beneath(ReferenceRequest request, ReferenceOptions options) {
        return new SaidOptions(properties.get(), request, names).applyTo(options);
    }

    @Override
    public ReferenceOptions above(ReferenceRequest request, ReferenceOptions options) {
        return new SaidOptions(properties.get(), request, names).applyMethodsTo(options);
    }
}
