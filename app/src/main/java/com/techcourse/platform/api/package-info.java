/** What every endpoint of the HTTP API is built from: who may call it, how it refuses, lists, versions, and its description. */
@NullMarked
package com.techcourse.platform.api;

import org.jspecify.annotations.NullMarked;
