package io.bowline.rpc.spring.properties;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The tree of all properties, read off the records. What is set and not in it fails the start: a misspelt time-out is no
 * time-out. The variables of the process's environment are not looked at, since they are not written for one application.
 */
final class KnownProperties {
    private static final String ANY = "*";

    private static final KnownProperties ROOT = new KnownProperties()
            .with(RpcProperties.class)
            .at(
                    "client",
                    new KnownProperties()
                            .at(
                                    "defaults",
                                    new KnownProperties()
                                            .with(CallProperties.class)
                                            .with(ChoiceProperties.class))
                            .at(ANY, reference()));

    /** By the name of what stands below; empty for a value. */
    private final Map<String, KnownProperties> below = new LinkedHashMap<>();

    private KnownProperties() {}

    private static KnownProperties reference() {
        KnownProperties method =
                new KnownProperties().with(CallProperties.class).with(MethodProperties.class);
        return new KnownProperties()
                .with(TargetProperties.class)
                .with(CallProperties.class)
                .with(ChoiceProperties.class)
                .at("methods", new KnownProperties().at(ANY, method));
    }

    private KnownProperties at(String name, KnownProperties properties) {
        below.put(name, properties);
        return this;
    }

    private KnownProperties with(Class<?> type) {
        for (Parameter component : type.getDeclaredConstructors()[0].getParameters()) {
            Name renamed = component.getAnnotation(Name.class);
            String name = renamed == null ? Records.kebab(component.getName()) : renamed.value();
            at(name, of(component.getParameterizedType()));
        }
        return this;
    }

    private static KnownProperties of(Type type) {
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return new KnownProperties().with(plain);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return new KnownProperties().at(ANY, of(generic.getActualTypeArguments()[1]));
        }
        return new KnownProperties();
    }

    /** The names of all values, {@code *} standing for a free name. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        ROOT.collect("rpc", names);
        return names;
    }

    private void collect(String prefix, Collection<String> names) {
        if (below.isEmpty()) {
            names.add(prefix);
        }
        below.forEach((name, properties) -> properties.collect(prefix + "." + name, names));
    }

    /** Fails with {@code INVALID_CONFIGURATION}, naming each property that is not known, where it is set, and the nearest. */
    static void check(Environment environment) {
        List<String> unknown = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource all
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                all.stream()
                        .filter(name -> name.getNumberOfElements() > 1
                                && name.getElement(0, Form.UNIFORM).equals("rpc"))
                        .forEach(name -> ROOT.check(name, 1, all, unknown));
            }
        }
        if (!unknown.isEmpty()) {
            throw RpcException.of(Code.INVALID_CONFIGURATION, String.join("; ", unknown));
        }
    }

    private void check(
            ConfigurationPropertyName name, int at, IterableConfigurationPropertySource source, List<String> unknown) {
        if (at == name.getNumberOfElements() || below.isEmpty()) {
            return; // A value, or an element of one, a list.
        }
        KnownProperties next = next(name, at);
        if (next != null) {
            next.check(name, at + 1, source, unknown);
            return;
        }
        var property = source.getConfigurationProperty(name);
        String place = property == null ? source.toString() : Origins.place(property.getOrigin());
        String nearest = Suggestions.nearest(name.getElement(at, Form.DASHED), below.keySet());
        unknown.add("Unknown property " + name + " (" + place + "). "
                + (nearest.isEmpty()
                        ? Suggestions.of(name.getElement(at, Form.DASHED), below.keySet())
                        : "Did you mean " + nearest + "?"));
    }

    /**
     * Names are compared as binding does, without regard to case, but for dashes: where there are some, they stand where they
     * belong, for {@code time-out} is a mistake and not a way to write {@code timeout}.
     */
    private @Nullable KnownProperties next(ConfigurationPropertyName name, int at) {
        String written = name.getElement(at, Form.ORIGINAL);
        String uniform = name.getElement(at, Form.UNIFORM);
        for (Map.Entry<String, KnownProperties> entry : below.entrySet()) {
            String known = entry.getKey();
            if (written.equals(known)
                    || (written.indexOf('-') < 0 && known.replace("-", "").equals(uniform))) {
                return entry.getValue();
            }
        }
        return below.get(ANY);
    }
}
