package io.bowline.rpc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.CallContext;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The context of a call goes where Micrometer's context propagation goes, and stays nowhere. */
class CallContextAccessorTest {
    @Test
    void anExecutorThatPropagatesContextsPropagatesThisOne() throws Exception {
        CallContext mine = CallContext.NONE.sending("who", "tester");
        ExecutorService plain = Executors.newSingleThreadExecutor();
        ExecutorService carrying = ContextExecutorService.wrap(
                plain, ContextSnapshotFactory.builder().build()::captureAll);
        try {
            assertThat(mine.call(() -> carrying.submit(CallContext::current)).get())
                    .isSameAs(mine);
            assertThat(plain.submit(CallContext::current).get()).isSameAs(CallContext.NONE);
            assertThat(carrying.submit(CallContext::current).get()).isSameAs(CallContext.NONE);
        } finally {
            plain.shutdownNow();
        }
    }

    @Test
    void aSnapshotOfNothingClearsWhatIsThere() {
        ContextSnapshot nothing =
                ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
        CallContext mine = CallContext.NONE.sending("who", "tester");
        CallContext.Scope entered = mine.enter();
        ContextSnapshot.Scope cleared = nothing.setThreadLocals();
        assertThat(CallContext.current()).isSameAs(CallContext.NONE);
        cleared.close();
        assertThat(CallContext.current()).isSameAs(mine);
        entered.close();
    }
}
