package io.bowline.rpc.spring.properties;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;

/** Where properties were set, for messages: {@code rpc.client.greeter.timeout (application.yml:9)}. Immutable. */
final class Origins {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("rpc");

    /** By the name of a property, and by the names above it; of several sources, the first, whose value it is. */
    private final Map<ConfigurationPropertyName, String> places = new HashMap<>();

    private Origins() {}

    /** Of all properties under {@code rpc} that an environment can enumerate. */
    static Origins of(Environment environment) {
        Origins origins = new Origins();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource known) {
                known.stream().filter(ROOT::isAncestorOf).forEach(name -> origins.add(name, known));
            }
        }
        return origins;
    }

    private void add(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property != null) {
            String place = place(property.getOrigin());
            for (ConfigurationPropertyName at = name; at.getNumberOfElements() > 1; at = at.getParent()) {
                places.putIfAbsent(at, place);
            }
        }
    }

    /** The name, and where it, or something below it, was set. */
    String of(ConfigurationPropertyName name) {
        String place = places.get(name);
        return place == null ? name.toString() : name + " (" + place + ")";
    }

    /** Where that is: a file and a line, or the name of a source. */
    static String place(@Nullable Origin origin) {
        if (origin instanceof PropertySourceOrigin source) {
            return source.getOrigin() == null ? source.getPropertySource().getName() : place(source.getOrigin());
        }
        if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return text.getResource().getFilename() + ":" + (text.getLocation().getLine() + 1);
        }
        return origin == null ? "an unknown source" : origin.toString();
    }
}
