package io.bowline.rpc.spring.properties;

import io.bowline.rpc.RpcException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** What stands under {@code rpc.client}: the defaults, and what each name says of the reference that it stands for. Immutable. */
public final class ClientProperties {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("rpc.client");
    private static final String DEFAULTS = "defaults";

    private final Map<String, Named> all;
    private final Origins origins;

    /**
     * What stands under one name.
     *
     * @param target what is called
     * @param word what is said of all calls
     * @param methods what is said of those of single methods, by their names
     */
    record Named(TargetProperties target, Word word, Map<String, Word> methods) {
        static Named bind(Binder binder, String name) {
            ConfigurationPropertyName at = below(PREFIX, name);
            Map<String, Word> methods = new LinkedHashMap<>();
            ConfigurationPropertyName allMethods = at.append("methods");
            for (String method : keys(binder, allMethods)) {
                methods.put(method, Word.bind(binder, below(allMethods, method)));
            }
            TargetProperties target =
                    binder.bind(at, Bindable.of(TargetProperties.class)).orElse(TargetProperties.SILENT);
            return new Named(target, Word.bind(binder, at), methods);
        }
    }

    private ClientProperties(Map<String, Named> all, Origins origins) {
        this.all = all;
        this.origins = origins;
    }

    /**
     * Binds what the environment says now.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} for a property under {@code rpc} that there is not
     */
    public static ClientProperties bind(Environment environment) {
        KnownProperties.check(environment);
        Binder binder = Binder.get(environment);
        Map<String, Named> all = new LinkedHashMap<>();
        keys(binder, PREFIX).forEach(name -> all.put(name, Named.bind(binder, name)));
        all.computeIfAbsent(DEFAULTS, name -> Named.bind(binder, name));
        return new ClientProperties(all, Origins.of(environment));
    }

    private static Set<String> keys(Binder binder, ConfigurationPropertyName at) {
        return binder.bind(at, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet();
    }

    private static ConfigurationPropertyName below(ConfigurationPropertyName parent, String key) {
        boolean plain = key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
        return plain ? ConfigurationPropertyName.adapt(parent + "." + key, '.') : parent.append("[" + key + "]");
    }

    Named defaults() {
        return Objects.requireNonNull(all.get(DEFAULTS), DEFAULTS);
    }

    /** What is said under a name; null where nothing is. */
    @Nullable
    Named named(String name) {
        return all.get(name);
    }

    Origins origins() {
        return origins;
    }
}
