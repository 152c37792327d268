/** Jakarta Validation of what is sent. */
@NullMarked
package io.bowline.rpc.spring.validation;

import org.jspecify.annotations.NullMarked;
