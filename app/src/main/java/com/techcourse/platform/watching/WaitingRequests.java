package com.techcourse.platform.watching;

import com.techcourse.platform.ActingTransactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Requests that wait for their turn at the database: they stand before the pool, whose own queue stays empty. */
@Configuration(proxyBeanMethods = false)
class WaitingRequests {

    private static final String NAME = "techcourse.requests.waiting";
    static final String METRIC = "techcourse_requests_waiting";
    static final String HELP = "Requests that wait for their turn at the database; each node lets 19 in at a time.";

    @Bean
    MeterBinder requestsThatWait(ActingTransactions transactions) {
        return registry -> Gauge.builder(NAME, transactions, ActingTransactions::waiting)
                .description(HELP)
                .register(registry);
    }
}
