package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.naming.pojo.Instance;
import io.bowline.rpc.ServiceName;
import java.util.Set;

/** One instance under one interface, as a user asked for it, and whether Nacos holds it. */
final class Offered {
    final String service;
    final Instance entry;

    /** The versions and groups of the interface. */
    final Set<ServiceName> names;

    /** Written on the registry's thread, read by anyone. */
    volatile boolean established;

    Offered(String service, Instance entry, Set<ServiceName> names) {
        this.service = service;
        this.entry = entry;
        this.names = names;
    }

    /** Whether Nacos, which knows one instance for an address and an interface, could hold only one of the two. */
    boolean excludes(Offered other) {
        return service.equals(other.service)
                && entry.toInetAddr().equals(other.entry.toInetAddr())
                && !other.names.containsAll(names)
                && !names.containsAll(other.names);
    }
}
