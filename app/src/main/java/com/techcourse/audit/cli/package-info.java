/** The audit commands: price history, change log, seals and their proof. */
@NullMarked
package com.techcourse.audit.cli;

import org.jspecify.annotations.NullMarked;
