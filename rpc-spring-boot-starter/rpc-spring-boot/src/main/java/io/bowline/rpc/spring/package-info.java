/** What applications with Spring Boot write: annotations on services and on what calls them, and beans that adjust the rest. */
@NullMarked
package io.bowline.rpc.spring;

import org.jspecify.annotations.NullMarked;
