package com.techcourse.reporting.books;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The books for whoever watches the academy: {@code techcourse_books_differences} is 0, or there is something to do. */
@Configuration(proxyBeanMethods = false)
class BookMetrics {

    @Bean
    MeterBinder booksDifferences(ObjectProvider<BookChecks> checks) {
        return registry -> Gauge.builder(
                        "techcourse.books.differences",
                        checks,
                        provider -> provider.getObject().newest())
                .description("Differences that the newest check of the books found")
                .register(registry);
    }
}
