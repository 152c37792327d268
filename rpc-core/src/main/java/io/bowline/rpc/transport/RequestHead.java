package io.bowline.rpc.transport;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;

/**
 * What stands ahead of a request's body and can be read without it: enough to route, admit or refuse the call.
 *
 * @param method which method of which service
 * @param serializer the name of the serializer of the body
 * @param deadline when the caller stops waiting; on a server, counted from arrival
 * @param cancellation on a client, raised by the caller and carried out by the connection; on a server, raised by the
 *     connection when the client cancels or is gone
 * @param metadata labels
 * @param oneWay whether no response is sent
 * @param peer on a server, who called: an address and, after a blank, what else the connection proves, such as the
 *     subject of a certificate; empty on a client
 */
public record RequestHead(
        MethodId method,
        String serializer,
        Deadline deadline,
        Cancellation cancellation,
        Metadata metadata,
        boolean oneWay,
        String peer) {}
