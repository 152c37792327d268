package io.bowline.rpc.observe;

import io.bowline.rpc.Cancellation.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** A gauge that adds up what it is given and what its sources say, for {@link Meters} to read. Thread-safe. */
public final class Level implements Meters.Gauge {
    private final LongAdder own = new LongAdder();
    private final List<DoubleSupplier> sources = new CopyOnWriteArrayList<>();

    @Override
    public void add(long delta) {
        own.add(delta);
    }

    @Override
    public Registration follow(DoubleSupplier source) {
        DoubleSupplier one = () -> source.getAsDouble(); // another each time, so that each is taken off once
        sources.add(one);
        return () -> sources.remove(one);
    }

    /** What it is at this moment. */
    public double value() {
        double value = own.sum();
        for (DoubleSupplier source : sources) {
            value += source.getAsDouble();
        }
        return value;
    }
}
