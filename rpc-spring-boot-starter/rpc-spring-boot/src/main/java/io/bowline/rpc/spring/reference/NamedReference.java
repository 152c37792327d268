package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.names.SetProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * A reference that properties name together with its interface, read before any bean is made.
 *
 * @param name the name, {@code rpc.client.<name>}
 * @param contract the interface's name
 * @param version the contract's version, or empty
 * @param group the contract's group, or empty
 */
record NamedReference(String name, String contract, String version, String group) {
    private static final Bindable<Map<String, Object>> CLIENTS = Bindable.mapOf(String.class, Object.class);

    static List<NamedReference> of(Environment environment) {
        if (!SetProperties.of(environment).contains("client")) {
            return List.of();
        }
        List<NamedReference> all = new ArrayList<>();
        Binder binder = Binder.get(environment);
        for (String name : binder.bind("rpc.client", CLIENTS).orElse(Map.of()).keySet()) {
            String prefix = "rpc.client." + name + '.';
            String contract = text(binder, prefix + "interface");
            if (!contract.isEmpty()) {
                all.add(new NamedReference(
                        name, contract, text(binder, prefix + "version"), text(binder, prefix + "group")));
            }
        }
        return all;
    }

    private static String text(Binder binder, String key) {
        return binder.bind(key, String.class).orElse("");
    }
}
