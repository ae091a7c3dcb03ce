/** Tells other programs what happens in the academy: receivers, signed deliveries, their log. */
@NullMarked
package com.techcourse.platform.webhooks;

import org.jspecify.annotations.NullMarked;
