/** A contract described once: from an interface to methods, and from methods to a user's object. */
@NullMarked
package io.bowline.rpc.service;

import org.jspecify.annotations.NullMarked;
