package io.bowline.rpc.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the registries are. A bean of this type takes the place of the property {@code rpc.registry}. */
public interface RpcRegistryConnectionDetails extends ConnectionDetails {
    /** URIs, {@code zookeeper://zk1:2181,zk2/namespace}; empty for the services of this process alone. */
    List<String> uris();
}
