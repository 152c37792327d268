package io.bowline.rpc.spring.names;

import java.util.HashSet;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Which properties under {@code rpc} are set at all, by their names alone: an application that sets none need not pay for
 * reading them.
 */
public final class SetProperties {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("rpc");

    private SetProperties() {}

    /** What stands next below {@code rpc} in the sources that can be enumerated, in lower case without dashes. */
    public static Set<String> of(Environment environment) {
        Set<String> set = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource all) {
                for (ConfigurationPropertyName name : all) {
                    if (ROOT.isAncestorOf(name)) {
                        set.add(name.getElement(1, Form.UNIFORM));
                    }
                }
            }
        }
        return set;
    }
}
