package io.bowline.rpc.registry.nacos;

import io.bowline.rpc.discovery.Registration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** An instance's places under all interfaces that it offers. */
final class NacosRegistration implements Registration {
    private final List<Offered> offered;
    private final Runnable whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    NacosRegistration(List<Offered> offered, Runnable whenClosed) {
        this.offered = offered;
        this.whenClosed = whenClosed;
    }

    @Override
    public boolean established() {
        return offered.stream().allMatch(each -> each.established);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            whenClosed.run();
        }
    }
}
