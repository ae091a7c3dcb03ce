/** Imports over HTTP. */
@NullMarked
package com.techcourse.loading.web;

import org.jspecify.annotations.NullMarked;
