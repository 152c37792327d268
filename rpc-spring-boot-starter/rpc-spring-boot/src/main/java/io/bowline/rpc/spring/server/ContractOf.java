package io.bowline.rpc.spring.server;

import java.util.ArrayList;
import java.util.List;
import org.springframework.util.ClassUtils;

/** Finds the contract of a class that does not name it. */
final class ContractOf {
    private static final List<String> FOREIGN = List.of(
            "java.", "javax.", "jakarta.", "org.springframework.", "kotlin.", "groovy.", "scala.", "org.aopalliance.");

    private ContractOf() {}

    /** The interfaces that a class implements and that may be contracts, the narrowest only. */
    static List<Class<?>> candidates(Class<?> implementation) {
        List<Class<?>> own = new ArrayList<>();
        for (Class<?> type : ClassUtils.getAllInterfacesForClass(implementation)) {
            boolean foreign = FOREIGN.stream().anyMatch(type.getName()::startsWith);
            if (!foreign && !type.isSealed() && type.getMethods().length > 0) {
                own.add(type);
            }
        }
        return own.stream()
                .filter(type -> own.stream().noneMatch(other -> other != type && type.isAssignableFrom(other)))
                .toList();
    }
}
