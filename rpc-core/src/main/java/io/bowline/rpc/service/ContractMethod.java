package io.bowline.rpc.service;

import io.bowline.rpc.RpcMethod;
import java.lang.reflect.Method;

/**
 * A method of a contract: as Java sees it, and as a call names it.
 *
 * @param java the interface's method
 * @param rpc its description
 * @param shape how it hands over its result
 */
public record ContractMethod(Method java, RpcMethod rpc, ResultShape shape) {}
