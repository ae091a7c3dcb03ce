/** Payment gateways behind one port: how money is asked for, looked after and given back. */
@NullMarked
package com.techcourse.sales.gateways;

import org.jspecify.annotations.NullMarked;
