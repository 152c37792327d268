package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.DeadlineFilter;
import io.bowline.rpc.filter.DuplicateFilter;
import io.bowline.rpc.filter.DuplicatePolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.GateFilter;
import io.bowline.rpc.filter.TimesFilter;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.service.ContractMethod;
import io.bowline.rpc.service.MethodNames;
import io.bowline.rpc.service.ServiceInvoker;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server on one page: what stands between the socket and the service, and why in this order. Everything is
 * assembled here, once, when the server starts; a call only walks through.
 *
 * @param serializers what is accepted, in order of preference
 * @param optionalSerializers whether one that refuses a contract is left out for it, rather than failing the start
 * @param limits what keeps a service, or a method, from taking more than its part, unless its own options say
 * @param duplicates how long a call is known again whose contract says how to tell
 * @param filters the user's
 */
record ServerStack(
        List<Serializer> serializers,
        boolean optionalSerializers,
        ServiceLimits limits,
        DuplicatePolicy duplicates,
        List<Filter> filters,
        Timer timer) {
    private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

    /** From the dispatcher, which has admitted the call on its head alone, inwards. */
    private Invoker invoker(RpcMethod method, @Nullable Gate bulkhead, EffectiveMethod options, Invoker service) {
        List<Filter> rooms = new ArrayList<>();
        // Who looks on sees whatever becomes of a call, refusals by the rooms below among it.
        filters.stream().filter(Filter::observes).forEach(rooms::add);
        // What a recorded call's answer tells of its time here is all that passes below.
        rooms.add(new TimesFilter(timer));
        // First, since whatever stands below would work for nobody: the time in the queue may have spent the deadline.
        rooms.add(new DeadlineFilter(timer, "not started"));
        // The limits: the service's own before those of the method, since the wider one is the sooner full.
        if (bulkhead != null) {
            rooms.add(new GateFilter(bulkhead, timer));
        }
        options.gates(method, timer.nanoTime()).forEach(gate -> rooms.add(new GateFilter(gate, timer)));
        // The user's filters see every call that is really begun.
        filters.stream().filter(filter -> !filter.observes()).forEach(rooms::add);
        // Last, so that whoever asks for a known call has passed all else: a call that is sent twice runs once.
        CallKeys.of(method, duplicates)
                .map(key -> new DuplicateFilter(duplicates, key, timer))
                .ifPresent(rooms::add);
        // Then the method of the user's object.
        return Filter.chain(rooms, service);
    }

    /** Who looks on, for calls that are refused before they enter any room. */
    Refusals refusals() {
        return new Refusals(filters.stream().filter(Filter::observes).toList());
    }

    /** All methods of all services; fails for two implementations of one service and for types that cannot travel. */
    MethodTable assemble(List<ServiceExport> exports) {
        Map<ServiceName, ServiceExport> seen = new LinkedHashMap<>();
        Map<ServiceName, List<ServerMethod>> services = new LinkedHashMap<>();
        for (ServiceExport export : exports) {
            ServiceExport twin = seen.put(export.contract().name(), export);
            if (twin != null) {
                throw RpcException.of(
                        Code.DUPLICATE_SERVICE,
                        "two implementations of " + export.contract().name() + ": "
                                + twin.service().getClass().getName() + " and "
                                + export.service().getClass().getName()
                                + "; give one of them a version or a group");
            }
            services.put(export.contract().name(), methods(export));
        }
        return MethodTable.of(services);
    }

    private List<ServerMethod> methods(ServiceExport export) {
        List<ContractMethod> methods = export.contract().methods();
        MethodNames.check(
                export.contract().name(),
                methods.stream().map(ContractMethod::rpc).toList(),
                export.options().methods().keySet());
        Invoker service = new ServiceInvoker(export.contract(), export.service());
        Gate bulkhead = limits.bulkhead(export);
        List<ContractCodecs> codecs = codecs(export);
        return methods.stream()
                .map(method -> {
                    EffectiveMethod options = EffectiveMethod.of(method.rpc(), export.options(), limits);
                    Boolean nonBlocking = options.nonBlocking();
                    return new ServerMethod(
                            method.rpc(),
                            invoker(method.rpc(), bulkhead, options, service),
                            codecs,
                            nonBlocking == null ? export.isNonBlocking(method.java()) : nonBlocking,
                            options.executor());
                })
                .toList();
    }

    private List<ContractCodecs> codecs(ServiceExport export) {
        List<RpcMethod> methods =
                export.contract().methods().stream().map(ContractMethod::rpc).toList();
        TypeGraph types = export.contract().types(export.subtypes());
        List<ContractCodecs> accepted = new ArrayList<>();
        RpcException refusal = null;
        for (Serializer serializer : serializers) {
            try {
                accepted.add(ContractCodecs.of(methods, serializer, types));
            } catch (RpcException refused) {
                if (!optionalSerializers) {
                    throw refused;
                }
                log.info(
                        "Serializer {} is not offered for {}: {}",
                        serializer.name(),
                        export.contract(),
                        refused.getMessage());
                refusal = refused;
            }
        }
        if (accepted.isEmpty() && refusal != null) {
            throw refusal;
        }
        return List.copyOf(accepted);
    }
}
