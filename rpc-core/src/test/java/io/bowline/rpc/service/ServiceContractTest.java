package io.bowline.rpc.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Idempotent;
import io.bowline.rpc.OneWay;
import io.bowline.rpc.RpcMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServiceContractTest {
    interface Base<T, K extends Comparable<K>> {
        T find(K key);

        List<T> all();

        T[] array(Map<K, ? extends T> map);
    }

    @Idempotent
    interface Users extends Base<String, Long> {
        int size();

        int size(String group, int[] of);

        CompletableFuture<List<String>> later() throws IOException;

        CompletionStage<Void> done();

        @OneWay
        void tell(String what);

        default String plain() {
            return "plain";
        }

        static String none() {
            return "none";
        }

        @Override
        boolean equals(Object other);
    }

    private static Map<String, ContractMethod> methods(Class<?> type) {
        return ServiceContract.of(type, "", "").methods().stream()
                .collect(Collectors.toMap(method -> method.rpc().name(), Function.identity()));
    }

    @Test
    void namesMethodsWithTheirResolvedErasedParameters() {
        assertThat(methods(Users.class).keySet())
                .containsExactlyInAnyOrder(
                        "find(java.lang.Long)",
                        "all()",
                        "array(java.util.Map)",
                        "size()",
                        "size(java.lang.String,int[])",
                        "later()",
                        "done()",
                        "tell(java.lang.String)",
                        "plain()");
    }

    @Test
    void resolvesTypeVariablesOfSuperInterfaces() {
        Map<String, ContractMethod> methods = methods(Users.class);
        assertThat(methods.get("find(java.lang.Long)").rpc().resultType()).isEqualTo(String.class);
        assertThat(methods.get("all()").rpc().resultType()).hasToString("java.util.List<java.lang.String>");
        assertThat(methods.get("array(java.util.Map)").rpc().resultType()).isEqualTo(String[].class);
        assertThat(methods.get("array(java.util.Map)").rpc().parameterTypes())
                .hasToString("[java.util.Map<java.lang.Long, java.lang.String>]");
    }

    @Test
    void readsShapesTraitsAndExceptions() {
        Map<String, ContractMethod> methods = methods(Users.class);
        assertThat(methods.get("later()").shape()).isEqualTo(ResultShape.STAGE);
        assertThat(methods.get("later()").rpc().resultType()).hasToString("java.util.List<java.lang.String>");
        assertThat(methods.get("later()").rpc().exceptionTypes()).containsExactly(IOException.class);
        assertThat(methods.get("done()").rpc().resultType()).isEqualTo(Void.class);
        assertThat(methods.get("tell(java.lang.String)").rpc().oneWay()).isTrue();
        assertThat(methods.get("size()").rpc().idempotent()).isTrue();
        assertThat(methods.get("find(java.lang.Long)").rpc().idempotent())
                .as("a trait of the interface that declares the method")
                .isFalse();
    }

    @Test
    void indexesAreDense() {
        assertThat(ServiceContract.of(Users.class, "", "").methods())
                .extracting(method -> method.rpc().index())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aMethodMayBeDeclaredIdempotentByAHigherWord() {
        RpcMethod method = methods(Users.class).get("tell(java.lang.String)").rpc();
        assertThat(method.withIdempotent(true)).isSameAs(method);
        RpcMethod not = method.withIdempotent(false);
        assertThat(not.idempotent()).isFalse();
        assertThat(not.oneWay()).isTrue();
        assertThat(not.index()).isEqualTo(method.index());
    }

    interface BadOneWay {
        @OneWay
        int count();
    }

    interface BadFuture {
        Future<String> count();
    }

    interface Empty {}

    @Test
    void refusesWhatCannotBeAContract() {
        assertThatThrownBy(() -> ServiceContract.of(String.class, "", ""))
                .hasMessageContaining("RPC-INVALID-CONFIGURATION java.lang.String cannot be a contract");
        assertThatThrownBy(() -> ServiceContract.of(BadOneWay.class, "", "")).hasMessageContaining("@OneWay");
        assertThatThrownBy(() -> ServiceContract.of(BadFuture.class, "", "")).hasMessageContaining("CompletableFuture");
        assertThatThrownBy(() -> ServiceContract.of(Empty.class, "", "")).hasMessageContaining("no methods");
    }
}
