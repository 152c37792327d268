package io.bowline.rpc.spring.refresh;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.spring.properties.ClientProperties;
import io.bowline.rpc.spring.properties.PropertySettings;
import io.bowline.rpc.spring.properties.RpcProperties;
import io.bowline.rpc.spring.reference.RpcReferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.Environment;

/**
 * Has references obey properties that have changed while the application runs. What cannot change without a restart stays as
 * it was, and that is said loudly. Thread-safe.
 */
public final class RpcRefresh {
    private static final Logger log = LoggerFactory.getLogger(RpcRefresh.class);

    private final Environment environment;
    private final RpcReferences references;
    private final PropertySettings settings;
    private final RpcProperties atStart;

    /**
     * What came of it.
     *
     * @param changed which options of which methods are others now, and by whose word
     * @param refused what stays as it was, and why
     */
    public record Outcome(List<String> changed, List<String> refused) {
        public Outcome {
            changed = List.copyOf(changed);
            refused = List.copyOf(refused);
        }
    }

    /**
     * For an application.
     *
     * @param environment where properties are read anew
     * @param settings what the references go by
     * @param atStart what is in force of the properties that cannot change
     */
    public RpcRefresh(
            Environment environment, RpcReferences references, PropertySettings settings, RpcProperties atStart) {
        this.environment = environment;
        this.references = references;
        this.settings = settings;
        this.atStart = atStart;
    }

    /** Reads the properties anew, and changes what can be changed. Does not throw for properties that are wrong. */
    public synchronized Outcome refresh() {
        Map<String, List<CallReport.Option>> before = inForce();
        List<String> refused = new ArrayList<>();
        try {
            settings.change(ClientProperties.bind(environment));
            references.all().values().forEach(made -> change(made, refused));
            atStart.differences(RpcProperties.bind(environment))
                    .forEach(name -> refused.add(name + " cannot change without a restart"));
        } catch (RpcException | BindException wrong) {
            refused.add("nothing was changed: " + wrong.getMessage());
        }
        List<String> changed = changed(before, inForce());
        changed.forEach(change -> log.info("Changed: {}", change));
        refused.forEach(refusal -> log.warn("Not changed: {}", refusal));
        return new Outcome(changed, refused);
    }

    private void change(RpcReferences.Made made, List<String> refused) {
        try {
            made.reference().change(options -> references.options(made.request(), options));
        } catch (RpcException | IllegalArgumentException cannot) {
            refused.add(made.request().bean() + ": " + cannot.getMessage());
        }
    }

    private Map<String, List<CallReport.Option>> inForce() {
        Map<String, List<CallReport.Option>> all = new LinkedHashMap<>();
        references
                .all()
                .forEach((bean, made) ->
                        made.reference().options().forEach((method, options) -> all.put(bean + " " + method, options)));
        return all;
    }

    private static List<String> changed(
            Map<String, List<CallReport.Option>> before, Map<String, List<CallReport.Option>> after) {
        List<String> changed = new ArrayList<>();
        after.forEach((method, options) -> {
            List<CallReport.Option> former = before.getOrDefault(method, List.of());
            options.stream()
                    .filter(option -> former.stream().noneMatch(old -> sameValue(old, option)))
                    .map(option -> method + ": " + option.name() + " is " + option.value() + " by " + option.origin())
                    .forEach(changed::add);
        });
        return changed;
    }

    private static boolean sameValue(CallReport.Option one, CallReport.Option other) {
        return one.name().equals(other.name()) && one.value().equals(other.value());
    }
}
