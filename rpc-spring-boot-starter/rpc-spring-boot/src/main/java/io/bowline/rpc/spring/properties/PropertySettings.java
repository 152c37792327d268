package io.bowline.rpc.spring.properties;

import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.spring.names.RpcNames;
import io.bowline.rpc.spring.reference.ReferenceRequest;
import io.bowline.rpc.spring.reference.ReferenceSettings;

/** What properties say of references; may come to say something else while the application runs. Thread-safe. */
public final class PropertySettings implements ReferenceSettings {
    private final RpcNames names;
    private volatile ClientProperties properties;

    /**
     * To begin with, these.
     *
     * @param names what properties name
     */
    public PropertySettings(ClientProperties properties, RpcNames names) {
        this.properties = properties;
        this.names = names;
    }

    /** From now on, these. */
    public void change(ClientProperties properties) {
        this.properties = properties;
    }

    @Override
    public ReferenceOptions beneath(ReferenceRequest request, ReferenceOptions options) {
        return new SaidOptions(properties, request, names).applyTo(options);
    }

    @Override
    public ReferenceOptions above(ReferenceRequest request, ReferenceOptions options) {
        return new SaidOptions(properties, request, names).applyMethodsTo(options);
    }
}
