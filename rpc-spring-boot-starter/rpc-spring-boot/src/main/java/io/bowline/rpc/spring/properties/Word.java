package io.bowline.rpc.spring.properties;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What is said at one place.
 *
 * @param at the name of the properties
 * @param calls options of calls
 * @param choice how to choose among providers; for a single method, nothing
 * @param method options of single methods; for all, nothing
 */
record Word(ConfigurationPropertyName at, CallProperties calls, ChoiceProperties choice, MethodProperties method) {
    static Word bind(Binder binder, ConfigurationPropertyName at) {
        return new Word(
                at,
                binder.bind(at, Bindable.of(CallProperties.class)).orElse(CallProperties.SILENT),
                binder.bind(at, Bindable.of(ChoiceProperties.class)).orElse(ChoiceProperties.SILENT),
                binder.bind(at, Bindable.of(MethodProperties.class)).orElse(MethodProperties.SILENT));
    }
}
