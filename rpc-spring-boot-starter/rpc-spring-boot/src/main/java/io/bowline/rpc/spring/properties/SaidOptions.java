package io.bowline.rpc.spring.properties;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.spring.names.RpcNames;
import io.bowline.rpc.spring.reference.ReferenceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes of all that properties say of one reference its options, each with the property that says it. */
final class SaidOptions {
    private final RpcNames names;
    private final ClientProperties.@Nullable Named named;
    private final Origins origins;

    /** What holds for all methods, the weaker first. */
    private final List<Word> words = new ArrayList<>();

    SaidOptions(ClientProperties properties, ReferenceRequest request, RpcNames names) {
        this.names = names;
        origins = properties.origins();
        named = properties.named(request.name());
        words.add(properties.defaults().word());
        if (named != null) {
            words.add(named.word());
            checkContract(named, request);
        }
    }

    private void checkContract(ClientProperties.Named named, ReferenceRequest request) {
        Class<?> contract = named.target().contract();
        if (contract != null && !contract.equals(request.contract())) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    origins.of(named.word().at().append("interface")) + " is " + contract.getName()
                            + ", and a place asks by this name for "
                            + request.contract().getName());
        }
    }

    /** What is said of the reference, and of all its methods. */
    ReferenceOptions applyTo(ReferenceOptions options) {
        if (named != null) {
            TargetProperties target = named.target();
            options.version(Said.or(target.version(), "")).group(Said.or(target.group(), ""));
            List<Class<?>> subtypes = Said.or(target.subtypes(), List.of());
            options.subtypes(subtypes.toArray(Class<?>[]::new));
            List<String> addresses = Said.or(target.addresses(), List.of());
            options.addresses(addresses.stream().map(Address::parse).toArray(Address[]::new));
        }
        ChoiceProperties choice = words.stream()
                .map(Word::choice)
                .reduce(ChoiceProperties.SILENT, (low, high) -> Records.over(high, low));
        choose("loadBalance", choice.loadBalance(), options, name -> options.loadBalancer(names.loadBalancer(name)));
        choose("outliers", choice.outliers(), options, said -> options.outliers(said.policy()));
        choose("bulkhead", choice.bulkhead(), options, said -> options.bulkhead(said.policy()));
        return options.allMethods(method -> new SaidCalls(method, words, words, this).apply());
    }

    private <V> void choose(String component, @Nullable V value, ReferenceOptions options, Consumer<V> setter) {
        set(words, Word::choice, component, value, options::origin, setter);
    }

    /** What is said of single methods. */
    ReferenceOptions applyMethodsTo(ReferenceOptions options) {
        if (named != null) {
            named.methods().forEach((name, word) -> {
                List<Word> all = new ArrayList<>(words);
                all.add(word);
                options.method(name, method -> new SaidCalls(method, all, List.of(word), this).apply());
            });
        }
        return options;
    }

    RpcNames names() {
        return names;
    }

    /** Sets what a component says, if one of these says it, by the name of the strongest that does. */
    <V> void set(
            List<Word> speaking,
            Function<Word, Record> part,
            String component,
            @Nullable V value,
            Consumer<String> origin,
            Consumer<V> setter) {
        Word speaker = null;
        for (Word word : speaking) {
            if (Records.says(part.apply(word), component)) {
                speaker = word;
            }
        }
        if (speaker != null && value != null) {
            String who = origins.of(speaker.at().append(Records.kebab(component)));
            origin.accept(who);
            try {
                setter.accept(value);
            } catch (IllegalArgumentException refused) {
                throw RpcException.of(Code.INVALID_CONFIGURATION, who + ": " + refused.getMessage(), refused);
            }
        }
    }
}
