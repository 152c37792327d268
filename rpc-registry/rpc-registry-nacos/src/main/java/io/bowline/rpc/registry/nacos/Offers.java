package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process wants registered, by service, and the work of making Nacos hold it. Seen by one thread only.
 *
 * <p>A Nacos client has one place a service: a second instance registered under the same name silently takes the first
 * one's place. So the unit here is the service with the whole list of its instances. One instance is registered alone,
 * several as a batch; and as a batch cannot become empty, the last instance of a former batch is registered alone before
 * it is taken away.
 */
final class Offers {
    private static final Logger log = LoggerFactory.getLogger(NacosRegistry.class);

    private final String group;
    private final Map<String, Offer> byService = new LinkedHashMap<>();

    Offers(String group) {
        this.group = group;
    }

    void add(Offered entry) {
        Offer offer = byService.computeIfAbsent(entry.service, name -> new Offer());
        offer.wanted.add(entry);
        offer.settled = false;
    }

    @SuppressWarnings("ReferenceEquality") // That very entry: two registrations may say the same.
    void remove(Offered entry) {
        Offer offer = byService.get(entry.service);
        if (offer != null && offer.wanted.removeIf(wanted -> wanted == entry)) {
            offer.settled = false;
        }
    }

    /** All is to be registered anew: the server may have forgotten it. The client does so by itself, only later. */
    void forgotten() {
        byService.values().forEach(offer -> {
            offer.settled = false;
            offer.wanted.forEach(each -> each.established = false);
        });
    }

    /**
     * Makes Nacos hold what is wanted. An offer that Nacos refuses is told once in the log and tried again with the next
     * call; a failure that concerns the connection ends the round.
     */
    void settle(NamingService naming) throws NacosException {
        Iterator<Map.Entry<String, Offer>> each = byService.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Offer> next = each.next();
            Offer offer = next.getValue();
            if (offer.settled) {
                continue;
            }
            try {
                apply(naming, next.getKey(), offer);
                offer.refused = false;
                if (offer.wanted.isEmpty()) {
                    each.remove();
                }
            } catch (NacosException failed) {
                if (!refusal(failed)) {
                    throw failed;
                }
                complain(next.getKey(), offer, failed);
            }
        }
    }

    private static boolean refusal(NacosException failed) {
        return failed.getErrCode() >= 400 && failed.getErrCode() < 500;
    }

    private static void complain(String service, Offer offer, NacosException failed) {
        if (!offer.refused) {
            offer.refused = true;
            log.warn("Nacos refuses to register {}, tried again every few seconds: {}", service, failed.getErrMsg());
        }
    }

    private void apply(NamingService naming, String service, Offer offer) throws NacosException {
        List<Instance> wanted = offer.distinct();
        if (wanted.size() > 1) {
            naming.batchRegisterInstance(service, group, new ArrayList<>(wanted));
        } else if (wanted.size() == 1) {
            naming.registerInstance(service, group, wanted.get(0));
        } else if (!offer.held.isEmpty()) {
            if (offer.held.size() > 1) {
                naming.registerInstance(service, group, offer.held.get(0));
            }
            naming.deregisterInstance(service, group, offer.held.get(0));
        }
        offer.held = wanted;
        offer.settled = true;
        offer.wanted.forEach(each -> each.established = wanted.contains(each.entry));
    }

    /**
     * Asks Nacos whether it shows what it should hold, and registers again what it does not show. Registering what is
     * there is harmless, so nothing is lost where an operator disabled the instance, which Nacos hides likewise.
     */
    void verify(NamingService naming) throws NacosException {
        for (Map.Entry<String, Offer> each : byService.entrySet()) {
            Offer offer = each.getValue();
            if (!offer.settled) {
                continue;
            }
            List<Instance> shown = naming.getAllInstances(each.getKey(), group, false);
            boolean complete =
                    offer.held.stream().allMatch(held -> shown.stream().anyMatch(same -> same(held, same)));
            if (!complete && !offer.missed) {
                log.info("Nacos does not show {} as registered here (lost, or disabled there): again", each.getKey());
            }
            offer.missed = !complete;
            offer.settled = complete;
            offer.wanted.forEach(wanted -> wanted.established &= complete);
        }
    }

    /** Weight and labels may differ: a console changes them. */
    private static boolean same(Instance held, Instance shown) {
        return held.toInetAddr().equals(shown.toInetAddr())
                && InstanceEntry.id(held).equals(InstanceEntry.id(shown));
    }

    /** Takes everything away, as far as Nacos answers; what it does not hear goes with the client's connection. */
    void withdraw(NamingService naming) {
        byService.values().forEach(offer -> {
            offer.wanted.clear();
            offer.settled = false;
        });
        try {
            settle(naming);
        } catch (NacosException | RuntimeException failed) {
            log.debug("Nacos did not hear that registrations end; they end with the connection", failed);
        }
    }

    private static final class Offer {
        /** What users asked for. */
        private final List<Offered> wanted = new ArrayList<>();

        /** What Nacos was last told. */
        private List<Instance> held = List.of();

        /** Whether Nacos was told all that is wanted. */
        private boolean settled;

        private boolean refused;
        private boolean missed;

        /** Nacos knows one instance an address; of several the last wins, as it is the newest. */
        List<Instance> distinct() {
            Map<String, Instance> byAddress = new LinkedHashMap<>();
            wanted.forEach(each -> byAddress.put(each.entry.toInetAddr(), each.entry));
            return List.copyOf(byAddress.values());
        }
    }
}
