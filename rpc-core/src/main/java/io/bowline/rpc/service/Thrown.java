package io.bowline.rpc.service;

import io.bowline.rpc.RemoteFailure;

/**
 * A service's exception on its way: what everybody can read, and the fields for those who know its type.
 *
 * @param failure class, message, stack and causes, as text
 * @param fields the fields of the exceptions of contract types, as the contract's codecs wrote them
 */
@SuppressWarnings("ArrayRecordComponent") // A failure's bytes, handed over once; never compared.
public record Thrown(RemoteFailure failure, byte[] fields) {}
