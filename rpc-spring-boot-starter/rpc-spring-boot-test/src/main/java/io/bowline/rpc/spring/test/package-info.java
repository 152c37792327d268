/** Tests of applications: services and references without a port and a registry. */
@NullMarked
package io.bowline.rpc.spring.test;

import org.jspecify.annotations.NullMarked;
