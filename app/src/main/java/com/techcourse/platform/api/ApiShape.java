package com.techcourse.platform.api;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Where endpoints lie, who guards them, and how times are written. */
@Configuration(proxyBeanMethods = false)
class ApiShape implements WebMvcConfigurer {

    @Override
    public void configurePathMatch(PathMatchConfigurer paths) {
        paths.addPathPrefix(Api.PREFIX, HandlerTypePredicate.forAnnotation(Api.class));
    }

    private final RateLimits limits;

    ApiShape(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(limits).addPathPatterns("/api/**");
        interceptors.addInterceptor(new Doorkeeper()).addPathPatterns("/api/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ActingArgument());
    }

    /** Times in UTC, as RFC 3339 has them, whatever zone the database speaks. */
    @Bean
    JacksonModule timesInUtc() {
        return new SimpleModule("techcourse").addSerializer(OffsetDateTime.class, new InUtc());
    }

    private static final class InUtc extends StdSerializer<OffsetDateTime> {

        private InUtc() {
            super(OffsetDateTime.class);
        }

        @Override
        public void serialize(OffsetDateTime time, JsonGenerator json, SerializationContext context) {
            json.writeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
        }
    }
}
