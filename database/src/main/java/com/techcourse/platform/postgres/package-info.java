/** PostgreSQL as the academy finds it: the address of a server, and the server that ships with the jar. */
@NullMarked
package com.techcourse.platform.postgres;

import org.jspecify.annotations.NullMarked;
