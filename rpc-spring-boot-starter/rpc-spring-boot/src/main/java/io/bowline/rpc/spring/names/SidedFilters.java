package io.bowline.rpc.spring.names;

import io.bowline.rpc.Filter;
import io.bowline.rpc.spring.RpcFilter;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** The application's filters, in order, by the side on which they stand. */
public final class SidedFilters {
    private final ListableBeanFactory beans;

    public SidedFilters(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Those of a side, and those of both; the first is to be the outermost. */
    public List<Filter> of(RpcFilter.Side side) {
        IdentityHashMap<Filter, String> names = new IdentityHashMap<>();
        for (String name : beans.getBeanNamesForType(Filter.class)) {
            names.put(beans.getBean(name, Filter.class), name);
        }
        return beans.getBeanProvider(Filter.class)
                .orderedStream()
                .filter(filter -> stands(names.get(filter), side))
                .toList();
    }

    private boolean stands(@Nullable String name, RpcFilter.Side side) {
        RpcFilter annotation = name == null ? null : beans.findAnnotationOnBean(name, RpcFilter.class);
        return annotation == null || annotation.side() == side || annotation.side() == RpcFilter.Side.BOTH;
    }
}
