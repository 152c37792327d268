package io.bowline.rpc.spring.reference;

import io.bowline.rpc.client.ReferenceOptions;

/** What properties say of references, below and above what is written in the code. */
public interface ReferenceSettings {
    /** Nothing. */
    ReferenceSettings NONE = new ReferenceSettings() {};

    /** What annotations may say otherwise: {@code rpc.client.<name>}. */
    default ReferenceOptions beneath(ReferenceRequest request, ReferenceOptions options) {
        return options;
    }

    /** What counts more than annotations: {@code rpc.client.<name>.methods}. */
    default ReferenceOptions above(ReferenceRequest request, ReferenceOptions options) {
        return options;
    }
}
