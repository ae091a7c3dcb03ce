/**
 * Three PostgreSQL nodes under Patroni with etcd, HAProxy and PgBouncer: written for real machines from the templates of
 * {@code deploy/ha}, or brought up, watched and broken on this one.
 */
@NullMarked
package com.techcourse.platform.cluster;

import org.jspecify.annotations.NullMarked;
