/** Tests of events and webhooks. */
@NullMarked
package com.techcourse.platform.webhooks;

import org.jspecify.annotations.NullMarked;
