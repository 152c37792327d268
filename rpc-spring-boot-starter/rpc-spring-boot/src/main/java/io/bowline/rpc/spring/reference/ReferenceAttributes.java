package io.bowline.rpc.spring.reference;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.MethodOptions;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcReferenceMethod;
import io.bowline.rpc.spring.names.RpcNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;

/** What the attributes of {@link RpcReference} say, as options; what they do not say is left as it was. */
final class ReferenceAttributes {
    private static final String ORIGIN = "@RpcReference";

    private final ConfigurableListableBeanFactory beans;
    private final RpcNames names;

    ReferenceAttributes(ConfigurableListableBeanFactory beans, RpcNames names) {
        this.beans = beans;
        this.names = names;
    }

    ReferenceOptions apply(RpcReference said, ReferenceOptions options) {
        options.origin(ORIGIN);
        text("version", said.version(), Function.identity(), options::version);
        text("group", said.group(), Function.identity(), options::group);
        text("timeout", said.timeout(), ReferenceAttributes::duration, options::timeout);
        text("loadBalance", said.loadBalance(), names::loadBalancer, options::loadBalancer);
        text("strategy", said.strategy(), names::strategy, options::strategy);
        if (said.maxAttempts() >= 0) {
            options.maxAttempts(said.maxAttempts());
        }
        if (said.fallback() != void.class) {
            options.fallback(fallback(said.fallback()));
        }
        Address[] addresses =
                Arrays.stream(said.addresses()).flatMap(this::addresses).toArray(Address[]::new);
        if (addresses.length > 0) {
            options.addresses(addresses);
        }
        for (RpcReferenceMethod method : said.methods()) {
            options.method(method.name(), own -> apply(method, own));
        }
        return options;
    }

    private <T> Object fallback(Class<T> type) {
        T bean = beans.getBeanProvider(type).getIfUnique();
        return bean == null ? beans.createBean(type) : bean;
    }

    private MethodOptions apply(RpcReferenceMethod said, MethodOptions options) {
        options.origin(ORIGIN + "(methods)");
        text("timeout", said.timeout(), ReferenceAttributes::duration, options::timeout);
        text("strategy", said.strategy(), names::strategy, options::strategy);
        if (said.maxAttempts() >= 0) {
            options.maxAttempts(said.maxAttempts());
        }
        if (said.wholeStream().isSet()) {
            options.wholeStream(said.wholeStream().isTrue());
        }
        if (said.idempotent().isSet()) {
            options.idempotent(said.idempotent().isTrue());
        }
        return options;
    }

    /** One address, or several behind a placeholder; none in an empty text. */
    private Stream<Address> addresses(String raw) {
        String text = beans.resolveEmbeddedValue(raw);
        return Arrays.stream((text == null ? "" : text).split(",", -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(Address::parse);
    }

    private <T> void text(String attribute, String raw, Function<String, T> read, Consumer<T> set) {
        String text = beans.resolveEmbeddedValue(raw);
        if (text == null || text.isEmpty()) {
            return;
        }
        T value;
        try {
            value = read.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    ORIGIN + " " + attribute + ": '" + text + "': " + malformed.getMessage(), malformed);
        }
        set.accept(value);
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }
}
