/** Brings a database to the schema of this version, once, whoever starts first. */
@NullMarked
package com.techcourse.platform.migration;

import org.jspecify.annotations.NullMarked;
