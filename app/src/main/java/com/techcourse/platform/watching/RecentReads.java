package com.techcourse.platform.watching;

import com.techcourse.platform.Standbys;
import com.techcourse.platform.Standbys.Answered;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many reads that may be a moment old a standby has answered, and how many the primary, and why. */
@Configuration(proxyBeanMethods = false)
class RecentReads {

    private static final String NAME = "techcourse.recent.reads";
    static final String METRIC = "techcourse_recent_reads_total";
    static final String HELP =
            "Reads that may be a moment old, by who answered and, of the primary, why; where standbys are named.";

    @Bean
    MeterBinder recentReadsAnswered(Standbys standbys) {
        return registry -> {
            for (Answered answered : Answered.values()) {
                FunctionCounter.builder(NAME, standbys, standbys.count(answered))
                        .description(HELP)
                        .tag("server", answered.server())
                        .tag("reason", answered.reason())
                        .register(registry);
            }
        };
    }
}
